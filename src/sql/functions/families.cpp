#include "sql/functions/families.hpp"

namespace hammerscale::sql {

void add_builtin_families(FunctionRegistry& registry) {
  add_approximate_percentile_aggregates(registry);
  add_arithmetic_functions(registry);
  add_array_functions(registry);
  add_basic_aggregates(registry);
  add_bit_aggregates(registry);
  add_bitmap_functions(registry);
  add_bitwise_functions(registry);
  add_boolean_functions(registry);
  add_collation_functions(registry);
  add_comparison_functions(registry);
  add_conditional_functions(registry);
  add_csv_functions(registry);
  add_datetime_arithmetic_functions(registry);
  add_datetime_field_functions(registry);
  add_datetime_sequence_functions(registry);
  add_datetime_text_functions(registry);
  add_generator_functions(registry);
  add_hash_functions(registry);
  add_higher_order_functions(registry);
  add_json_functions(registry);
  add_count_min_aggregates(registry);
  add_crypto_functions(registry);
  add_datetime_time_functions(registry);
  add_distinct_estimate_aggregates(registry);
  add_histogram_aggregates(registry);
  add_map_functions(registry);
  add_math_functions(registry);
  add_percentile_aggregates(registry);
  add_random_functions(registry);
  add_regexp_functions(registry);
  add_rounding_functions(registry);
  add_session_functions(registry);
  add_statistical_aggregates(registry);
  add_string_case_functions(registry);
  add_string_editing_functions(registry);
  add_string_encoding_functions(registry);
  add_string_format_functions(registry);
  add_string_search_functions(registry);
  add_structure_functions(registry);
  add_text_aggregates(registry);
  add_url_functions(registry);
  add_variant_functions(registry);
  add_vector_math_functions(registry);
  add_window_functions(registry);
  add_xml_functions(registry);
}

}  // namespace hammerscale::sql
