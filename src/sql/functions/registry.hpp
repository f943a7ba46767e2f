#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/aggregate_function.hpp"
#include "sql/functions/function.hpp"

namespace hammerscale::sql {

/// All built-in functions, by lower-case name or alias. Immutable after its first use; any thread.
///
/// Each family's file defines one function that adds its entries, `void add_string_case_functions(FunctionRegistry&)`,
/// declared in families.hpp and called by builtin_functions(): the table of contents.
class FunctionRegistry {
 public:
  FunctionRegistry();

  void add(ScalarFunction function);
  void add(AggregateFunction function);
  void add(WindowFunction function);

  /// Null when there is none. Names without regard to ASCII case.
  [[nodiscard]] const ScalarFunction* find_scalar(std::string_view name) const;
  [[nodiscard]] const AggregateFunction* find_aggregate(std::string_view name) const;
  [[nodiscard]] const WindowFunction* find_window(std::string_view name) const;
  [[nodiscard]] const FunctionDocumentation* find_documentation(std::string_view name) const;
  /// All names, aliases too, sorted.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Up to five known names that look like this one, best first.
  [[nodiscard]] std::vector<std::string> similar(std::string_view name) const;

 private:
  struct Entries;
  std::shared_ptr<Entries> entries_;
};

const FunctionRegistry& builtin_functions();

}  // namespace hammerscale::sql
