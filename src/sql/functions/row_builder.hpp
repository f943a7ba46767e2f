#pragma once

#include <utility>

#include "sql/functions/function.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// An Evaluate for results of any type: f(const Arguments&, row, VectorBuilder&) appends exactly one cell for each row
/// that is asked for; the others become NULL.
template <typename F>
Evaluate building_rows(F f) {
  return [f = std::move(f)](const Arguments& arguments, Vector& result) mutable {
    const std::int32_t room = result.capacity();
    VectorBuilder out(result.type(), arguments.context.memory);
    arguments.rows.for_each([&](std::int32_t row) {
      while (out.size() < row) { out.append_null(); }
      f(arguments, row, out);
    });
    while (out.size() < room) { out.append_null(); }
    result = out.finish();
  };
}

/// The elements of an array, or the entries of a map, in one row of a column.
struct ListCell {
  ListCell(const Vector& column, std::int32_t row)
      : base(column.base()), entry(base.values<ListEntry>()[column.position(row)]) {}
  [[nodiscard]] const Vector& elements() const { return base.child(0); }  ///< Of a map: its keys.
  [[nodiscard]] const Vector& values() const { return base.child(1); }    ///< Of a map.
  [[nodiscard]] std::int32_t begin() const { return entry.offset; }
  [[nodiscard]] std::int32_t end() const { return entry.offset + entry.length; }
  [[nodiscard]] std::int32_t size() const { return entry.length; }

  const Vector& base;
  ListEntry entry;
};

}  // namespace hammerscale::sql
