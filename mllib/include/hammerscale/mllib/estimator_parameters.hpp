#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/mllib/json_text.hpp"

namespace hammerscale::mllib {

enum class ParameterType : std::uint8_t { kInteger, kNumber, kText };

/// A parameter of an estimator, with Spark's name and default.
struct ParameterDescription {
  std::string_view name;
  ParameterType type = ParameterType::kText;
  std::string_view default_text;  ///< As a caller would write it.
  std::string_view description;   ///< One line.
};

/// The values of an estimator's parameters, all of them, in the order of their descriptions.
class EstimatorParameters {
 public:
  /// Every parameter at its default.
  explicit EstimatorParameters(std::span<const ParameterDescription> descriptions);

  /// Sets a parameter, by its name in any case.
  /// @throws UserError kInvalidArgument  no such parameter (the known ones are listed), or a value of another type.
  void set(const std::string& name, const std::string& value);
  /// The same for (name, value) pairs, in order.
  void set_all(const std::vector<std::pair<std::string, std::string>>& settings);
  /// Whether there is a parameter of this name, in any case.
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  /// Whether set() was called for it. @pre has(name)
  [[nodiscard]] bool is_set(std::string_view name) const;

  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  /// @throws UserError kInvalidArgument  not in least .. 2^32 - 1.
  [[nodiscard]] std::uint32_t count(std::string_view name, std::uint32_t least) const;

  /// One JSON object: numbers as numbers, texts in quotes, an empty text as null.
  void write_json(JsonText& json) const;
  /// (name, value) of each, as a caller would write them; numbers with 17 significant digits.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> list() const;

 private:
  struct Value {
    ParameterDescription description;
    std::string text;
    bool is_set = false;
  };
  [[nodiscard]] const Value& find(std::string_view name) const;

  std::vector<Value> values_;
};

}  // namespace hammerscale::mllib
