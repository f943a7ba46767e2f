#pragma once

namespace hammerscale::sql {

class FunctionRegistry;

// The table of contents of the built-in functions: one function a family, called by builtin_functions().
void add_arithmetic_functions(FunctionRegistry& registry);
void add_basic_aggregates(FunctionRegistry& registry);
void add_boolean_functions(FunctionRegistry& registry);
void add_comparison_functions(FunctionRegistry& registry);
void add_conditional_functions(FunctionRegistry& registry);
void add_statistical_aggregates(FunctionRegistry& registry);
void add_window_functions(FunctionRegistry& registry);

}  // namespace hammerscale::sql
