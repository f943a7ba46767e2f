// Bitmaps of 32768 bits in binary values: sets of whole numbers, a bitmap a bucket.
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::int64_t kBitmapBytes = 4096;
constexpr std::int64_t kBitmapBits = 8 * kBitmapBytes;

/// Numbers from 1 lie in buckets from 1, 32768 to each; 0 and negative ones mirrored in buckets from 0 down.
std::int64_t bit_position(std::int64_t value) {
  if (value > 0) { return (value - 1) % kBitmapBits; }
  return static_cast<std::int64_t>((std::uint64_t{0} - static_cast<std::uint64_t>(value)) % kBitmapBits);
}
std::int64_t bucket_number(std::int64_t value) {
  return value > 0 ? 1 + (value - 1) / kBitmapBits : value / kBitmapBits;
}

std::int64_t count_bits(std::string_view bytes) {
  std::int64_t count = 0;
  for (const char byte : bytes) { count += std::popcount(static_cast<unsigned char>(byte)); }
  return count;
}

using Bitmap = std::array<unsigned char, kBitmapBytes>;

std::string_view bytes_of_bitmap(const Bitmap& bitmap) {
  return {reinterpret_cast<const char*>(bitmap.data()), bitmap.size()};
}

enum class BitmapOperation : std::uint8_t { kSet, kOr, kAnd };

/// A group without rows has all bits of kAnd set, and none of the others.
template <BitmapOperation operation>
class BitmapState final : public ObjectState<std::unique_ptr<Bitmap>> {
 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    if constexpr (operation == BitmapOperation::kSet) {
      const ColumnReader<std::int64_t> positions(arguments[0]);
      for_each_numbered(arguments.rows,
                        [&](std::int32_t row, std::int32_t i) { set(bitmap(states[i]), positions[row]); });
    } else {
      const ColumnReader<StringView> bitmaps(arguments[0]);
      for_each_numbered(arguments.rows,
                        [&](std::int32_t row, std::int32_t i) { combine(bitmap(states[i]), bitmaps[row].view()); });
    }
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from)) { combine(bitmap(into), bytes_of_bitmap(*at(from))); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      if (at(state)) {
        columns[0].append_string(bytes_of_bitmap(*at(state)));
      } else {
        columns[0].append_null();
      }
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> bitmaps(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!bitmaps.is_null(row)) { combine(bitmap(states[i]), bitmaps[row].view()); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    static const Bitmap kOfNoRows = empty();
    for (std::byte* state : states) { result.append_string(bytes_of_bitmap(at(state) ? *at(state) : kOfNoRows)); }
  }

 private:
  static Bitmap empty() {
    Bitmap bitmap;
    bitmap.fill(operation == BitmapOperation::kAnd ? 0xFF : 0);
    return bitmap;
  }
  static Bitmap& bitmap(std::byte* state) {
    if (!at(state)) { at(state) = std::make_unique<Bitmap>(empty()); }
    return *at(state);
  }
  static void set(Bitmap& bitmap, std::int64_t position) {
    if (position < 0 || position >= kBitmapBits) {
      throw SqlError("INVALID_BITMAP_POSITION", {{"bitPosition", std::to_string(position)},
                                                 {"bitmapNumBits", std::to_string(kBitmapBits)},
                                                 {"bitmapNumBytes", std::to_string(kBitmapBytes)}});
    }
    bitmap[static_cast<std::size_t>(position / 8)] |= static_cast<unsigned char>(1U << (position % 8));
  }
  /// Bytes that `other` is too short for count as 0; those beyond a bitmap are left out.
  static void combine(Bitmap& bitmap, std::string_view other) {
    for (std::size_t i = 0; i < bitmap.size(); ++i) {
      const auto byte = static_cast<unsigned char>(i < other.size() ? other[i] : 0);
      bitmap[i] = static_cast<unsigned char>(operation == BitmapOperation::kAnd ? bitmap[i] & byte : bitmap[i] | byte);
    }
  }
};

template <BitmapOperation operation>
BoundAggregate bind_bitmap(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  BoundAggregate bound;
  if constexpr (operation == BitmapOperation::kSet) {
    expect_argument(input, 0, TypeId::kBigint);
    bound.argument_types = {TypeId::kBigint};
  } else {
    if (input.types[0].id() != TypeId::kBinary) { fail_argument_type(input, 0, "\"BINARY\""); }
    bound.argument_types = {TypeId::kBinary};
  }
  bound.type = TypeId::kBinary;
  bound.nullable = false;
  bound.state_types = {TypeId::kBinary};
  bound.ignores_distinct = true;
  bound.make_state = [](EvaluationContext&) { return std::make_unique<BitmapState<operation>>(); };
  return bound;
}

}  // namespace

void add_bitmap_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "misc_funcs", .usage = usage, .examples = std::move(examples), .since = "3.5.0"}});
  };
  add("bitmap_bit_position",
      signature({TypeId::kBigint}, TypeId::kBigint,
                [](const CallInput&) { return rowwise<std::int64_t>(bit_position); }),
      "bitmap_bit_position(number) - Returns the number's position, from 0, in the bitmap of its bucket.",
      {{"SELECT bitmap_bit_position(1)", {"0"}}, {"SELECT bitmap_bit_position(123)", {"122"}}});
  add("bitmap_bucket_number",
      signature({TypeId::kBigint}, TypeId::kBigint,
                [](const CallInput&) { return rowwise<std::int64_t>(bucket_number); }),
      "bitmap_bucket_number(number) - Returns which bucket of 32768 numbers the number lies in.",
      {{"SELECT bitmap_bucket_number(123)", {"1"}}, {"SELECT bitmap_bucket_number(0)", {"0"}}});
  add("bitmap_count",
      [](const CallInput& input) {
        check_num_arguments(input, 1, 1);
        if (input.types[0].id() != TypeId::kBinary) { fail_argument_type(input, 0, "\"BINARY\""); }
        return BoundFunction{.type = TypeId::kBigint,
                             .nullable = any_nullable(input),
                             .argument_types = input.types,
                             .evaluate = rowwise<std::string_view>(count_bits)};
      },
      "bitmap_count(bitmap) - Returns how many bits of a bitmap are set.", {{"SELECT bitmap_count(X'1010')", {"2"}}});

  const auto add_aggregate = [&](std::string_view name, BoundAggregate (*bind)(const AggregateInput&),
                                 std::string_view usage, std::vector<FunctionExample> examples,
                                 std::string_view since) {
    registry.add(AggregateFunction{
        .name = name,
        .bind = bind,
        .documentation = {.group = "agg_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add_aggregate("bitmap_construct_agg", bind_bitmap<BitmapOperation::kSet>,
                "bitmap_construct_agg(position) - Returns a bitmap with the bits at a group's positions set.",
                {{"SELECT bitmap_count(bitmap_construct_agg(c)) FROM VALUES (0), (0), (32767) AS t(c)", {"2"}}},
                "3.5.0");
  add_aggregate("bitmap_or_agg", bind_bitmap<BitmapOperation::kOr>,
                "bitmap_or_agg(bitmap) - Returns the bits that are set in some bitmap of a group.",
                {{"SELECT bitmap_count(bitmap_or_agg(c)) FROM VALUES (X'10'), (X'20'), (X'40') AS t(c)", {"3"}}},
                "3.5.0");
  add_aggregate("bitmap_and_agg", bind_bitmap<BitmapOperation::kAnd>,
                "bitmap_and_agg(bitmap) - Returns the bits that are set in every bitmap of a group.",
                {{"SELECT bitmap_count(bitmap_and_agg(c)) FROM VALUES (X'F0'), (X'70'), (X'30') AS t(c)", {"2"}}},
                "4.1.0");
}

}  // namespace hammerscale::sql
