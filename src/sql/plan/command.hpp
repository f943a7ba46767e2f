#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// SET, SET key, SET key=value, RESET.
struct SetCommand {
  std::string key;
  std::optional<std::string> value;
  bool is_reset = false;
  bool is_verbose = false;  ///< SET -v.
};

enum class ExplainMode : std::uint8_t { kSimple, kExtended, kFormatted, kCodegen, kCost, kLogical };

struct ExplainCommand {
  PlanPtr plan;
  ExplainMode mode = ExplainMode::kSimple;
};

/// A statement that is no query. Its children, where it has some (CREATE TABLE AS, INSERT, CACHE, EXPLAIN), are plans.
struct Command {
  using Node = std::variant<SetCommand, ExplainCommand>;
  Node node;
};

}  // namespace hammerscale::sql
