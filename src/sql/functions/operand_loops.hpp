#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "sql/functions/function.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Loops of binary operators over numbers: one for each mixture of whole columns and constants, so that the compiler
/// sees plain arrays, and one through ColumnReader for the rest.
///
/// A selection of more than half of the rows up to its last one is computed as if it were all of them: positions that
/// nobody asked for hold some number, and what is computed there does no harm.

/// One value for all rows.
template <typename T>
struct ConstantOperand {
  T value;
  [[nodiscard]] T operator[](std::int32_t /*row*/) const noexcept { return value; }
};

/// Rows that a dense loop covers from 0 on; 0 when the selection is too thin for one.
inline std::int32_t dense_rows(RowSet rows) noexcept {
  if (rows.is_all()) { return rows.size; }
  if (rows.size == 0) { return 0; }
  const std::int32_t end = rows.indices[rows.size - 1] + 1;
  return rows.size > end / 2 ? end : 0;
}

/// Calls f(a, b) with operands that [row] reads: pointers, constants or readers.
template <typename A, typename B, typename F>
decltype(auto) with_operands(const Vector& left, const Vector& right, F&& f) {
  const ColumnReader<A> a(left);
  const ColumnReader<B> b(right);
  if (a.is_direct() && b.is_direct()) { return f(a.data(), b.data()); }
  if (a.is_direct() && b.is_constant()) { return f(a.data(), ConstantOperand<B>{b[0]}); }
  if (a.is_constant() && b.is_direct()) { return f(ConstantOperand<A>{a[0]}, b.data()); }
  return f(a, b);
}

/// out[row] = f(a[row], b[row]).
template <typename A, typename B, typename R, typename F>
void map_operands(const Arguments& arguments, Vector& result, F f) {
  R* out = result.mutable_values<R>();
  const std::int32_t dense = dense_rows(arguments.rows);
  with_operands<A, B>(arguments[0], arguments[1], [&](auto a, auto b) {
    if (dense > 0) {
      for (std::int32_t i = 0; i < dense; ++i) { out[i] = f(a[i], b[i]); }
    } else {
      arguments.rows.for_each([&](std::int32_t i) { out[i] = f(a[i], b[i]); });
    }
  });
}

/// As map_operands for an f(a, b, out) that tells whether the result does not fit; on_failure(row) is called then for
/// each such row of arguments.rows, in order.
template <typename A, typename B, typename R, typename F, typename OnFailure>
void map_checked(const Arguments& arguments, Vector& result, F f, OnFailure&& on_failure) {
  R* out = result.mutable_values<R>();
  const std::int32_t dense = dense_rows(arguments.rows);
  with_operands<A, B>(arguments[0], arguments[1], [&](auto a, auto b) {
    bool has_failed = false;
    if (dense > 0) {
      for (std::int32_t i = 0; i < dense; ++i) { has_failed |= f(a[i], b[i], out[i]); }
    } else {
      arguments.rows.for_each([&](std::int32_t i) { has_failed |= f(a[i], b[i], out[i]); });
    }
    if (!has_failed) { return; }
    arguments.rows.for_each([&](std::int32_t i) {
      R value;
      if (f(a[i], b[i], value)) { on_failure(i); }
    });
  });
}

/// Sets the bit of each row to f(a[row], b[row]).
template <typename A, typename B, typename F>
void test_operands(const Arguments& arguments, Vector& result, F f) {
  std::uint64_t* out = result.mutable_bits();
  const std::int32_t dense = dense_rows(arguments.rows);
  with_operands<A, B>(arguments[0], arguments[1], [&](auto a, auto b) {
    if (dense == 0) {
      arguments.rows.for_each([&](std::int32_t i) { bitmap::assign(out, i, f(a[i], b[i])); });
      return;
    }
    std::int32_t i = 0;
    for (; i + 64 <= dense; i += 64) {
      // Bytes first, which the compiler does with vector instructions; then eight bytes become eight bits by one
      // multiplication, whose partial products do not overlap in the top byte.
      std::uint8_t flags[64];
      for (std::int32_t k = 0; k < 64; ++k) { flags[k] = f(a[i + k], b[i + k]) ? 1 : 0; }
      std::uint64_t word = 0;
      for (int k = 0; k < 8; ++k) {
        std::uint64_t bytes;
        std::memcpy(&bytes, flags + 8 * k, 8);
        word |= (bytes * 0x0102040810204080u >> 56) << (8 * k);
      }
      out[i >> 6] = word;
    }
    for (; i < dense; ++i) { bitmap::assign(out, i, f(a[i], b[i])); }
  });
}

}  // namespace hammerscale::sql
