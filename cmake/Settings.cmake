# Compiler settings of every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# The default of a plain `cmake -B` is the sanitizer-free optimised build.
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

find_program(KINORA_CCACHE ccache)
if(KINORA_CCACHE)
    # Two trees (release and sanitizer) of one checkout share what is equal; precompiled headers
    # need the two sloppiness words (ccache's manual, "Precompiled headers").
    set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${KINORA_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# The sources of a target are compiled some at a time, which reads and generates what they share once: a build from
# nothing takes a third of the time. With OFF, a change of one source compiles that source alone.
option(KINORA_UNITY "Compile the sources of a target some at a time" ON)
set(CMAKE_UNITY_BUILD ${KINORA_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)

find_program(KINORA_LLD ld.lld)
if(KINORA_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# A program loads only the libraries that it calls, and of sources that are compiled together only what is called counts:
# the API process loads none of FFmpeg's (tests/tidy looks).
add_link_options(-Wl,--as-needed)
if(NOT KINORA_SANITIZE)
    add_compile_options(-ffunction-sections -fdata-sections)
    add_link_options(-Wl,--gc-sections)
endif()

add_library(kinora_settings INTERFACE)
target_compile_options(kinora_settings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wshadow -Wconversion -Werror -fno-strict-aliasing>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 and 13 report these inside Boost.Asio's and the standard library's own code once it is inlined
    # into ours (GCC bugs 105329, 105580, 105562).
    target_compile_options(kinora_settings INTERFACE
        $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
          -Wno-array-bounds -Wno-dangling-reference -Wno-mismatched-new-delete>)
    if(KINORA_UNITY)
        # The first takes a source that another one includes for a header, and its own types for shared ones; the
        # other compares a function's names with those of the other sources.
        target_compile_options(kinora_settings INTERFACE
            $<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage -Wno-shadow -Wshadow=local>)
    endif()
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(kinora_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-error=unknown-pragmas>)
    endif()
endif()
target_include_directories(kinora_settings INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(KINORA_SANITIZE)
    add_compile_options(-fsanitize=${KINORA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${KINORA_SANITIZE})
    # Each check has pointers to what it would print, a million of them in a program, which are to be relocated at each
    # start of a program that may lie anywhere. Tests start programs by the thousand.
    add_link_options(-no-pie)
    # Coroutines read every variable through a pointer, so these four checks are a third of the code, and of the
    # compiler's time, of whatever is made of them; of what they find, ASan finds what matters.
    set(KINORA_COROUTINE_OPTIONS -fno-sanitize=null,alignment,object-size,vptr)
    if(KINORA_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Asio's scheduler uses fences, which ThreadSanitizer does not see; it pairs them with locks.
        target_compile_options(kinora_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-tsan>)
    endif()
endif()
