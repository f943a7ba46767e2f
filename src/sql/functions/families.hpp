#pragma once

#include "sql/functions/registry.hpp"

namespace hammerscale::sql {

/// Adds every family below: the table of contents of the built-in functions.
void add_builtin_families(FunctionRegistry& registry);

/// sequence() of whole numbers, in array.cpp.
BoundFunction bind_integer_sequence(const CallInput& input);

// One family a file of the same name, without "add_" and "_functions".
void add_approximate_percentile_aggregates(FunctionRegistry& registry);
void add_arithmetic_functions(FunctionRegistry& registry);
void add_array_functions(FunctionRegistry& registry);
void add_basic_aggregates(FunctionRegistry& registry);
void add_bit_aggregates(FunctionRegistry& registry);
void add_bitmap_functions(FunctionRegistry& registry);
void add_bitwise_functions(FunctionRegistry& registry);
void add_boolean_functions(FunctionRegistry& registry);
void add_collation_functions(FunctionRegistry& registry);
void add_comparison_functions(FunctionRegistry& registry);
void add_conditional_functions(FunctionRegistry& registry);
void add_csv_functions(FunctionRegistry& registry);
void add_datetime_arithmetic_functions(FunctionRegistry& registry);
void add_datetime_field_functions(FunctionRegistry& registry);
void add_datetime_sequence_functions(FunctionRegistry& registry);
void add_datetime_text_functions(FunctionRegistry& registry);
void add_generator_functions(FunctionRegistry& registry);
void add_hash_functions(FunctionRegistry& registry);
void add_higher_order_functions(FunctionRegistry& registry);
void add_json_functions(FunctionRegistry& registry);
void add_count_min_aggregates(FunctionRegistry& registry);
void add_crypto_functions(FunctionRegistry& registry);
void add_datetime_time_functions(FunctionRegistry& registry);
void add_distinct_estimate_aggregates(FunctionRegistry& registry);
void add_histogram_aggregates(FunctionRegistry& registry);
void add_map_functions(FunctionRegistry& registry);
void add_math_functions(FunctionRegistry& registry);
void add_percentile_aggregates(FunctionRegistry& registry);
void add_random_functions(FunctionRegistry& registry);
void add_regexp_functions(FunctionRegistry& registry);
void add_rounding_functions(FunctionRegistry& registry);
void add_session_functions(FunctionRegistry& registry);
void add_statistical_aggregates(FunctionRegistry& registry);
void add_string_case_functions(FunctionRegistry& registry);
void add_string_editing_functions(FunctionRegistry& registry);
void add_string_encoding_functions(FunctionRegistry& registry);
void add_string_format_functions(FunctionRegistry& registry);
void add_string_search_functions(FunctionRegistry& registry);
void add_structure_functions(FunctionRegistry& registry);
void add_text_aggregates(FunctionRegistry& registry);
void add_url_functions(FunctionRegistry& registry);
void add_variant_functions(FunctionRegistry& registry);
void add_vector_math_functions(FunctionRegistry& registry);
void add_window_functions(FunctionRegistry& registry);
void add_xml_functions(FunctionRegistry& registry);

}  // namespace hammerscale::sql
