#pragma once

#include <source_location>

namespace hammerscale {

/// Throws InternalError that shows the condition. Called by HS_CHECK and its like, not by hand.
[[noreturn]] void fail_check(const char* condition, std::source_location where = std::source_location::current());

}  // namespace hammerscale

/// Always on, O(1): guards memory and results.
#define HS_CHECK(condition)                                              \
  do {                                                                   \
    if (!(condition)) [[unlikely]] { ::hammerscale::fail_check(#condition); } \
  } while (false)

// HAMMERSCALE_CHECKS: 0 only HS_CHECK, 1 also HS_ASSERT, 2 also HS_ASSERT_COLLECTIVE, 3 also HS_ASSERT_HEAVY.
#ifndef HAMMERSCALE_CHECKS
#define HAMMERSCALE_CHECKS 0
#endif

/// Local, costs a constant factor at the most. No side effects inside.
#if HAMMERSCALE_CHECKS >= 1
#define HS_ASSERT(condition) HS_CHECK(condition)
#else
#define HS_ASSERT(condition) static_cast<void>(0)
#endif

/// May communicate: every rank of the communicator reaches it.
#if HAMMERSCALE_CHECKS >= 2
#define HS_ASSERT_COLLECTIVE(condition) HS_CHECK(condition)
#else
#define HS_ASSERT_COLLECTIVE(condition) static_cast<void>(0)
#endif

/// May redo the work it checks.
#if HAMMERSCALE_CHECKS >= 3
#define HS_ASSERT_HEAVY(condition) HS_CHECK(condition)
#else
#define HS_ASSERT_HEAVY(condition) static_cast<void>(0)
#endif
