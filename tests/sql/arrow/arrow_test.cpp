#include <gtest/gtest.h>

#include "hammerscale/base/error.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "sql/arrow/arrow_export.hpp"
#include "sql/arrow/arrow_import.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {
namespace {

Value text(std::string value) { return Value(std::move(value)); }
Value number(std::int64_t value) { return Value(value); }

class ArrowTest : public ::testing::Test {
 protected:
  Vector make(const DataType& type, const std::vector<Value>& values) {
    VectorBuilder builder(type, memory_);
    for (const Value& value : values) { builder.append_value(value); }
    return builder.finish();
  }
  Batch make_batch() {
    const std::string long_text = "a text that does not fit into sixteen bytes";
    Batch batch;
    batch.num_rows = 3;
    batch.columns = {
        make(TypeId::kBoolean, {Value(true), Value(), Value(false)}),
        make(TypeId::kInt, {number(1), number(2), number(3)}),
        make(DataType::decimal(10, 2), {Value(Int128{150}), Value(), Value(Int128{-1})}),
        make(TypeId::kString, {text("a"), Value(), text(long_text)}),
        make(DataType::array(TypeId::kInt), {Value(Value::List{number(1), Value()}), Value(), Value(Value::List{})}),
        make(DataType::map(TypeId::kString, TypeId::kInt),
             {Value(Value::List{text("k"), number(1)}), Value(), Value(Value::List{})}),
        make(DataType::structure({{"x", TypeId::kInt}, {"y", TypeId::kString}}),
             {Value(Value::List{number(1), text(long_text)}), Value(), Value(Value::List{Value(), Value()})}),
    };
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      schema_.push_back({"c" + std::to_string(i), batch.columns[i].type()});
    }
    return batch;
  }
  Batch round_trip(const Batch& batch) {
    ArrowSchema schema{};
    ArrowArray array{};
    export_schema(schema_, &schema);
    export_batch(batch, memory_, &array);
    EXPECT_EQ(import_schema(schema), schema_);
    Batch back = import_batch(&array, schema, memory_);
    EXPECT_EQ(array.release, nullptr);
    schema.release(&schema);
    return back;
  }

  VectorMemory memory_{storage::BufferPool({.budget_bytes = std::uint64_t{64} << 20})};
  Schema schema_;
};

TEST_F(ArrowTest, BatchesComeBack) {
  const Batch batch = make_batch();
  const Batch back = round_trip(batch);
  ASSERT_EQ(back.num_rows, 3);
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    for (std::int32_t row = 0; row < 3; ++row) {
      EXPECT_EQ(back.columns[c].value(row), batch.columns[c].value(row)) << c << " " << row;
    }
  }
  // Values of fixed width are the very same memory.
  EXPECT_EQ(back.columns[1].values<std::int32_t>(), batch.columns[1].values<std::int32_t>());
}

TEST_F(ArrowTest, SelectionsAndDictionariesAreResolved) {
  Batch batch = make_batch();
  const std::vector<std::int32_t> order = {2, 0, 1};
  std::vector<Vector> originals = batch.columns;
  for (Vector& column : batch.columns) { column = column.gather(order, memory_); }
  batch.selection = std::make_shared<std::vector<std::int32_t>>(std::vector<std::int32_t>{0, 2});
  const Batch back = round_trip(batch);
  ASSERT_EQ(back.num_rows, 2);
  for (std::size_t c = 0; c < originals.size(); ++c) {
    EXPECT_EQ(back.columns[c].value(0), originals[c].value(2)) << c;
    EXPECT_EQ(back.columns[c].value(1), originals[c].value(1)) << c;
  }
}

TEST_F(ArrowTest, StreamsCarryErrors) {
  const Batch batch = make_batch();
  int calls = 0;
  ArrowArrayStream stream{};
  export_stream(
      schema_,
      [&]() -> std::optional<Batch> {
        if (++calls == 2) { throw UserError(ErrorCode::kInput, "the source broke", {}); }
        return batch;
      },
      memory_, &stream);
  ArrowStreamReader reader(&stream, memory_);
  EXPECT_EQ(stream.release, nullptr);
  EXPECT_EQ(reader.schema(), schema_);
  EXPECT_EQ(reader.next()->num_rows, 3);
  try {
    static_cast<void>(reader.next());
    FAIL() << "the error was lost";
  } catch (const UserError& error) { EXPECT_NE(std::string(error.what()).find("the source broke"), std::string::npos); }
}

TEST_F(ArrowTest, UnknownTypesAreRefused) {
  ArrowSchema child{};
  child.format = "e";
  child.name = "half";
  ArrowSchema* children[] = {&child};
  ArrowSchema schema{};
  schema.format = "+s";
  schema.n_children = 1;
  schema.children = children;
  EXPECT_THROW(static_cast<void>(import_schema(schema)), SqlError);
  child.format = "d:50,2,256";
  EXPECT_THROW(static_cast<void>(import_schema(schema)), SqlError);
}

TEST_F(ArrowTest, DamagedArraysAreRefused) {
  ArrowSchema schema{};
  ArrowArray array{};
  export_schema({{"c", TypeId::kInt}}, &schema);
  Batch batch;
  batch.num_rows = 3;
  batch.columns = {make(TypeId::kInt, {number(1), number(2), number(3)})};
  export_batch(batch, memory_, &array);
  array.children[0]->length = 2;
  EXPECT_THROW(static_cast<void>(import_batch(&array, schema, memory_)), UserError);
  schema.release(&schema);
}

}  // namespace
}  // namespace hammerscale::sql
