# kinora_room(NAME name SOURCES ... USES rooms... LIBRARIES targets...)
#
# A room is a folder of src/, a namespace and one static library `kinora_<name>`. USES is the row of the room
# table (docs/ARCHITECTURE.md); tests/tidy checks the includes against the same table.
function(kinora_room)
    cmake_parse_arguments(ROOM "" "NAME" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(kinora_${ROOM_NAME} STATIC ${ROOM_SOURCES})
    list(TRANSFORM ROOM_USES PREPEND kinora_)
    target_link_libraries(kinora_${ROOM_NAME} PUBLIC kinora_settings ${ROOM_USES} ${ROOM_LIBRARIES})
    if(TARGET kinora_base AND NOT ROOM_NAME STREQUAL "base")
        target_precompile_headers(kinora_${ROOM_NAME} REUSE_FROM kinora_base)
    endif()
endfunction()
