#include "table_input_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>

#include "hammerscale/base/error.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::program {
namespace {

using mllib::equal_ignoring_case;

/// Spark's other options of csv, which have no meaning for a table of numbers or are as they must be.
constexpr std::array<std::string_view, 22> kIgnoredOptions = {"enforceSchema",
                                                              "ignoreLeadingWhiteSpace",
                                                              "ignoreTrailingWhiteSpace",
                                                              "emptyValue",
                                                              "nanValue",
                                                              "positiveInf",
                                                              "negativeInf",
                                                              "dateFormat",
                                                              "timestampFormat",
                                                              "timestampNTZFormat",
                                                              "maxColumns",
                                                              "maxCharsPerColumn",
                                                              "samplingRatio",
                                                              "locale",
                                                              "charToEscapeQuoteEscaping",
                                                              "columnNameOfCorruptRecord",
                                                              "preferDate",
                                                              "timeZone",
                                                              "quoteAll",
                                                              "escapeQuotes",
                                                              "numFeatures",
                                                              "vectorType"};

[[noreturn]] void throw_bad_option(const std::string& name, const std::string& value, const char* wanted) {
  throw UserError(ErrorCode::kInvalidArgument, "an option has a value that it cannot have",
                  {{"option", name}, {"value", value}, {"wanted", wanted}});
}

bool parse_flag(const std::string& name, const std::string& value) {
  if (equal_ignoring_case(value, "true")) { return true; }
  if (!equal_ignoring_case(value, "false")) { throw_bad_option(name, value, "true or false"); }
  return false;
}

char parse_character(const std::string& name, const std::string& value) {
  if (value == "\\t") { return '\t'; }
  if (value.size() != 1 || value[0] == '\n' || value[0] == '\r') { throw_bad_option(name, value, "one character"); }
  return value[0];
}

std::string parse_codec(const std::string& name, const std::string& value) {
  for (const auto* const codec : {"gzip", "zstd", "bzip2"}) {
    if (equal_ignoring_case(value, codec)) { return codec; }
  }
  if (equal_ignoring_case(value, "none") || equal_ignoring_case(value, "uncompressed")) { return ""; }
  throw_bad_option(name, value, "gzip, zstd, bzip2 or none");
}

void apply(const std::string& name, const std::string& value, mllib::DelimitedOptions& options) {
  const auto is = [&](std::string_view known) { return equal_ignoring_case(name, known); };
  if (is("header")) {
    options.header = parse_flag(name, value);
  } else if (is("inferSchema")) {
    options.infer_schema = parse_flag(name, value);
  } else if (is("sep") || is("delimiter")) {
    options.separator = parse_character(name, value);
  } else if (is("quote")) {
    options.quote = parse_character(name, value);
  } else if (is("escape")) {
    options.escape = parse_character(name, value);
  } else if (is("nullValue")) {
    options.null_value = value;
  } else if (is("mode")) {
    // A feature that cannot be read is an error in PERMISSIVE too, because it has no other value to take.
    options.drop_malformed = equal_ignoring_case(value, "DROPMALFORMED");
    if (!options.drop_malformed && !equal_ignoring_case(value, "FAILFAST") &&
        !equal_ignoring_case(value, "PERMISSIVE")) {
      throw_bad_option(name, value, "FAILFAST, DROPMALFORMED or PERMISSIVE");
    }
  } else if (is("compression") || is("codec")) {
    static_cast<void>(parse_codec(name, value));
  } else if (std::none_of(kIgnoredOptions.begin(), kIgnoredOptions.end(), is)) {
    throw UserError(ErrorCode::kInvalidArgument, "there is no such option of a reader or writer",
                    {{"option", name}, {"known", "header sep inferSchema quote escape nullValue mode compression"}});
  }
}

}  // namespace

std::pair<std::string, std::string> split_setting(const std::string& setting, const char* option) {
  const auto equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw UserError(ErrorCode::kInvalidArgument, "a setting is NAME=VALUE", {{option, setting}});
  }
  return {setting.substr(0, equals), setting.substr(equals + 1)};
}

void TableInputOptions::add_to(CLI::App& command) {
  command
      .add_option("INPUT", inputs,
                  "Files, folders or quoted globs: .csv and .tsv (also .gz, .zst, .bz2), .libsvm, .svm, or HDF5 as "
                  "file.h5:/path/of/dataset")
      ->required();
  command.add_option("--input-format", format, "csv, tsv, libsvm or hdf5, where names do not tell")->type_name("F");
  command
      .add_option("--option", options,
                  "Option of reader and writer, as in Spark: header, sep, inferSchema, quote, escape, nullValue, mode, "
                  "compression")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
}

mllib::DelimitedOptions TableInputOptions::delimited() const {
  mllib::DelimitedOptions result;
  result.separator = '\0';
  for (const auto& option : options) {
    const auto [name, value] = split_setting(option, "option");
    apply(name, value, result);
  }
  return result;
}

void TableInputOptions::check() const {
  static_cast<void>(delimited());
  static_cast<void>(compression());
  if (!format.empty()) { static_cast<void>(mllib::parse_input_format(format)); }
}

std::string TableInputOptions::compression() const {
  std::string codec;
  for (const auto& option : options) {
    const auto [name, value] = split_setting(option, "option");
    if (equal_ignoring_case(name, "compression") || equal_ignoring_case(name, "codec")) {
      codec = parse_codec(name, value);
    }
  }
  return codec;
}

mllib::FeatureTableRequest TableInputOptions::request(const std::optional<std::uint32_t>& num_partitions) const {
  mllib::FeatureTableRequest request;
  request.inputs = inputs;
  if (!format.empty()) { request.format = mllib::parse_input_format(format); }
  request.delimited = delimited();
  request.num_partitions = num_partitions;
  return request;
}

}  // namespace hammerscale::program
