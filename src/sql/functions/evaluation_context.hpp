#pragma once

#include <cstdint>
#include <string>

#include "sql/vector/vector_memory.hpp"

namespace hammerscale::sql {

class TimeZone;

/// What expressions may know of the session and the task that evaluates them. Settings are the same in every task of a
/// query; the rest is the task's own. One thread.
struct EvaluationContext {
  VectorMemory memory;
  const TimeZone* time_zone = nullptr;   ///< spark.sql.session.timeZone; never null once the session made it.
  bool ansi = true;                      ///< spark.sql.ansi.enabled
  std::int64_t query_start_micros = 0;   ///< current_timestamp() of the whole query.
  std::string user;
  std::string current_catalog;
  std::string current_database;
  std::int64_t query_seed = 0;           ///< rand() and uuid() without a seed of their own.
  std::int32_t partition = 0;            ///< Task's partition: monotonically_increasing_id, spark_partition_id, rand.
  std::int64_t first_row = 0;            ///< Number of the current batch's row 0 within the partition.
  std::string input_file;
};

}  // namespace hammerscale::sql
