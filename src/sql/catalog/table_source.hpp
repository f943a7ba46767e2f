#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Rows at one moment; later appends do not show.
using BatchList = std::shared_ptr<const std::vector<Batch>>;

/// Where a table's rows are kept. Plans name a source by its key (SourceRelation::source); the session finds it when
/// the plan runs. Any thread.
class TableSource {
 public:
  virtual ~TableSource() = default;

  [[nodiscard]] virtual Schema schema() const = 0;
  /// All rows as they stand now, columns in the order of schema().
  [[nodiscard]] virtual BatchList scan() const = 0;
  /// Adds rows after the others; the columns have the types of schema(). All or none become visible.
  virtual void append(std::vector<Batch> batches) = 0;
  /// Puts these rows in place of all rows.
  virtual void replace(std::vector<Batch> batches) = 0;
  [[nodiscard]] virtual std::int64_t num_rows() const = 0;
};

/// Rows in memory: managed tables, cached queries, create_data_frame.
class MemoryTableSource : public TableSource {
 public:
  explicit MemoryTableSource(Schema schema, std::vector<Batch> batches = {});

  [[nodiscard]] Schema schema() const override { return schema_; }
  [[nodiscard]] BatchList scan() const override;
  void append(std::vector<Batch> batches) override;
  void replace(std::vector<Batch> batches) override;
  [[nodiscard]] std::int64_t num_rows() const override;

 private:
  Schema schema_;
  mutable std::mutex mutex_;
  BatchList batches_;
};

}  // namespace hammerscale::sql
