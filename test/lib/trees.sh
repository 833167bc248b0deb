# The build trees of the tests, beside build/ (the release): made once, brought up to date by ninja.
#   build-test   gcc, warnings as errors
#   build-asan   clang, warnings as errors, address and undefined-behaviour sanitizers, fuzz targets

tree_gcc() {
  [ -e build-test/build.ninja ] ||
    CC=gcc meson setup build-test -Dwerror=true -Dtests=enabled >/dev/null || return
  ninja -C build-test --quiet
}

tree_clang() {
  [ -e build-asan/build.ninja ] ||
    CC=clang meson setup build-asan -Dwerror=true -Dtests=enabled -Dfuzz=true -Db_sanitize=address,undefined \
      -Db_lundef=false -Dc_args='-fno-sanitize-recover=all -fno-omit-frame-pointer' >/dev/null || return
  ninja -C build-asan --quiet
}

export ASAN_OPTIONS=${ASAN_OPTIONS-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS-print_stacktrace=1}
