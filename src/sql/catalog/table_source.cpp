#include "sql/catalog/table_source.hpp"

#include <iterator>
#include <utility>

namespace hammerscale::sql {

MemoryTableSource::MemoryTableSource(Schema schema, std::vector<Batch> batches)
    : schema_(std::move(schema)), batches_(std::make_shared<const std::vector<Batch>>(std::move(batches))) {}

BatchList MemoryTableSource::scan() const {
  const std::lock_guard lock(mutex_);
  return batches_;
}

void MemoryTableSource::append(std::vector<Batch> batches) {
  const std::lock_guard lock(mutex_);
  // A new list, because scans that run hold the old one. Batches share their columns, so this copies handles only.
  auto all = std::make_shared<std::vector<Batch>>(*batches_);
  all->insert(all->end(), std::make_move_iterator(batches.begin()), std::make_move_iterator(batches.end()));
  batches_ = std::move(all);
}

void MemoryTableSource::replace(std::vector<Batch> batches) {
  auto all = std::make_shared<const std::vector<Batch>>(std::move(batches));
  const std::lock_guard lock(mutex_);
  batches_ = std::move(all);
}

std::int64_t MemoryTableSource::num_rows() const {
  const BatchList batches = scan();
  std::int64_t count = 0;
  for (const Batch& batch : *batches) { count += batch.num_selected(); }
  return count;
}

}  // namespace hammerscale::sql
