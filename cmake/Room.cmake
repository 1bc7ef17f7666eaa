# kinora_room(NAME name [APART] SOURCES ... USES rooms... LIBRARIES targets...)
#
# APART: of this room, the API process needs some sources and the worker others. In an optimised build they are compiled
# one by one, so that the linker takes what each needs, and the API process loads no codecs (tests/tidy looks).
# A room is a folder of src/, a namespace and one static library `kinora_<name>`. USES is the row of the room
# table (docs/ARCHITECTURE.md); tests/tidy checks the includes against the same table.
function(kinora_room)
    cmake_parse_arguments(ROOM "APART" "NAME" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(kinora_${ROOM_NAME} STATIC ${ROOM_SOURCES})
    list(TRANSFORM ROOM_USES PREPEND kinora_)
    target_link_libraries(kinora_${ROOM_NAME} PUBLIC kinora_settings ${ROOM_USES} ${ROOM_LIBRARIES})
    if(ROOM_APART AND NOT KINORA_SANITIZE)
        set_target_properties(kinora_${ROOM_NAME} PROPERTIES UNITY_BUILD OFF)
    endif()
    if(TARGET kinora_base AND NOT ROOM_NAME STREQUAL "base")
        target_precompile_headers(kinora_${ROOM_NAME} REUSE_FROM kinora_base)
    endif()
endfunction()
