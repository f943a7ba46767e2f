#include <gtest/gtest.h>

#include <string>

#include "analysis_session.hpp"
#include "sql/catalog/memory_catalog.hpp"

namespace hammerscale::sql {
namespace {

template <typename F>
std::string condition_of(F&& action) {
  try {
    action();
  } catch (const SqlError& error) { return error.condition(); }
  return "none";
}

TableInfo table_named(NameParts name) {
  TableInfo table;
  table.name = std::move(name);
  table.columns = {{"a", TypeId::kInt}};
  return table;
}

TEST(MemoryCatalog, KeepsDatabasesWithoutRegardToCase) {
  MemoryCatalog catalog("c");
  catalog.create_database({.name = "Sales", .comment = "x", .location = {}, .properties = {}}, false);
  EXPECT_EQ(catalog.find_database("SALES")->name, "Sales");
  EXPECT_EQ(catalog.list_databases(), (std::vector<std::string>{"default", "Sales"}));
  EXPECT_EQ(condition_of([&] {
              catalog.create_database({.name = "sales", .comment = {}, .location = {}, .properties = {}}, false);
            }),
            "SCHEMA_ALREADY_EXISTS");
  EXPECT_NO_THROW(catalog.create_database({.name = "sales", .comment = {}, .location = {}, .properties = {}}, true));
  catalog.create_table(table_named({"c", "sales", "t"}), false, false);
  EXPECT_EQ(condition_of([&] { catalog.drop_database("sales", false, false); }), "SCHEMA_NOT_EMPTY");
  catalog.drop_database("sales", false, true);
  EXPECT_FALSE(catalog.find_database("sales"));
  EXPECT_EQ(condition_of([&] { catalog.drop_database("sales", false, false); }), "SCHEMA_NOT_FOUND");
  EXPECT_NO_THROW(catalog.drop_database("sales", true, false));
}

TEST(MemoryCatalog, KeepsTables) {
  MemoryCatalog catalog("c");
  const TablePtr made = catalog.create_table(table_named({"c", "default", "T"}), false, false);
  EXPECT_EQ(made->name, (NameParts{"c", "default", "T"}));
  ASSERT_NE(made->source, nullptr);
  EXPECT_EQ(condition_of([&] {
              catalog.create_table(table_named({"c", "default", "t"}), false, false);
            }),
            "TABLE_OR_VIEW_ALREADY_EXISTS");
  EXPECT_EQ(catalog.create_table(table_named({"c", "default", "t"}), true, false), made);
  EXPECT_NE(catalog.create_table(table_named({"c", "default", "t"}), false, true)->source_key, made->source_key);
  catalog.rename_table("default", "t", "u");
  EXPECT_EQ(catalog.find_table("default", "t"), nullptr);
  EXPECT_EQ(catalog.find_table("DEFAULT", "U")->name.back(), "u");
  catalog.drop_table("default", "u");
  EXPECT_EQ(condition_of([&] { catalog.drop_table("default", "u"); }), "TABLE_OR_VIEW_NOT_FOUND");
  EXPECT_EQ(condition_of([&] {
              catalog.create_table(table_named({"c", "nowhere", "t"}), false, false);
            }),
            "SCHEMA_NOT_FOUND");
}

TEST(MemoryTableSource, ScansSeeOneMoment) {
  MemoryTableSource source({{"a", TypeId::kInt}});
  Batch batch;
  batch.num_rows = 3;
  source.append({batch});
  const BatchList before = source.scan();
  source.append({batch, batch});
  EXPECT_EQ(before->size(), 1U);
  EXPECT_EQ(source.num_rows(), 9);
  source.replace({batch});
  EXPECT_EQ(source.num_rows(), 3);
}

TEST(SessionCatalog, TemporaryViewsHideTables) {
  SessionCatalog catalog;
  catalog.create_table(table_named({"v"}), false, false);
  EXPECT_EQ(catalog.find_relation({"V"})->kind, TableKind::kManaged);
  catalog.create_temporary_view(table_named({"v"}), false);
  EXPECT_EQ(catalog.find_relation({"v"})->kind, TableKind::kTemporaryView);
  EXPECT_EQ(catalog.find_relation({"default", "v"})->kind, TableKind::kManaged);
  EXPECT_EQ(condition_of([&] { catalog.create_temporary_view(table_named({"V"}), false); }),
            "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS");
  catalog.drop_relation({"v"}, true, false);
  EXPECT_EQ(condition_of([&] { catalog.drop_relation({"v"}, true, false); }), "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE");
  catalog.drop_relation({"v"}, false, false);
  EXPECT_EQ(condition_of([&] { catalog.drop_relation({"v"}, false, false); }), "TABLE_OR_VIEW_NOT_FOUND");
}

TEST(SessionCatalog, GlobalViewsAreShared) {
  const auto shared = std::make_shared<GlobalViews>();
  SessionCatalog one(nullptr, shared);
  SessionCatalog other(nullptr, shared);
  one.global_views().create(table_named({"g"}), false);
  EXPECT_NE(other.find_relation({"global_temp", "G"}), nullptr);
  EXPECT_EQ(other.find_relation({"g"}), nullptr);
}

TEST(SessionCatalog, KnowsWhereItIs) {
  SessionCatalog catalog;
  EXPECT_EQ(condition_of([&] { catalog.set_current_database({"nowhere"}); }), "SCHEMA_NOT_FOUND");
  EXPECT_EQ(condition_of([&] { catalog.set_current_catalog("nowhere"); }), "CATALOG_NOT_FOUND");
  catalog.catalog("spark_catalog")
      .create_database({.name = "d", .comment = {}, .location = {}, .properties = {}}, false);
  catalog.set_current_database({"D"});
  EXPECT_EQ(catalog.current_database(), "d");
  EXPECT_EQ(catalog.qualify({"t"}), (NameParts{"spark_catalog", "d", "t"}));
}

TEST(SessionCatalog, KeepsVariablesAndFunctions) {
  SessionCatalog catalog;
  catalog.declare_variable({.name = "x",
                            .type = TypeId::kInt,
                            .value = Value(std::int64_t{1}),
                            .default_text = {},
                            .default_value = nullptr},
                           false);
  EXPECT_EQ(catalog.find_variable({"system", "session", "X"})->value, Value(std::int64_t{1}));
  catalog.set_variable("x", Value(std::int64_t{2}));
  EXPECT_EQ(catalog.find_variable({"x"})->value, Value(std::int64_t{2}));
  EXPECT_EQ(condition_of([&] { catalog.set_variable("y", Value()); }), "UNRESOLVED_VARIABLE");
  catalog.drop_variable("x", false);
  EXPECT_EQ(condition_of([&] { catalog.drop_variable("x", false); }), "VARIABLE_NOT_FOUND");
  EXPECT_EQ(condition_of([&] { catalog.drop_temporary_function("f", false); }), "ROUTINE_NOT_FOUND");
}

}  // namespace
}  // namespace hammerscale::sql
