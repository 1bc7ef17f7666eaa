// support/headers.cpp: has nothing of its own; the headers of all tests are precompiled for it.
