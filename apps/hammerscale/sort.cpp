#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/hammerscale.hpp"
#include "line_order.hpp"
#include "line_output.hpp"
#include "output_options.hpp"
#include "verb.hpp"
#include "whole_number.hpp"

namespace hammerscale::program {
namespace {

struct LineKey {
  LineOrder order;
  std::string operator()(const std::string& line) const { return line_key(line, order); }
};

/// The first of neighbours with equal keys. Equal keys are in one partition, so partitions need not know each other.
struct KeepFirstOfEqual {
  LineOrder order;
  void operator()(PartitionRows<std::string>& lines, Emitter<std::string>& emit) const {
    std::optional<std::string> last_key;
    lines.for_each([&](std::string line) {
      auto key = line_key(line, order);
      if (key == last_key) { return true; }
      last_key = std::move(key);
      return emit(std::move(line));
    });
  }
};

char parse_separator(const std::string& text) {
  if (text.size() == 1) { return text[0]; }
  if (text == "\\t") { return '\t'; }
  if (text == "\\0") { return '\0'; }
  throw UserError(ErrorCode::kInvalidArgument, "--sep is one byte, \\t or \\0", {{"sep", text}});
}

class SortVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"sort",
            "Sort the lines of text files, stably, by their bytes, as numbers or by a field. Without --sep a field "
            "begins with the blanks before it, as in sort -k K,K",
            "hammerscale sort access.log --field 2 --sep , --numeric --output sorted.csv"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("INPUT", inputs_, "Files, folders or quoted globs; .gz, .zst and .bz2 are read as they are")
        ->required();
    command.add_flag("--numeric", numeric_, "Order by the number a line or field begins with, as sort -n");
    command.add_flag("--descending", descending_, "Largest first; lines with equal keys stay in their order");
    command.add_option("--field", field_, "Order by the K-th field, from 1")
        ->type_name("K")
        ->check(whole_number_from(1));
    command.add_option("--sep", separator_, "The byte that separates fields; \\t is a tab")->type_name("C");
    command.add_flag("--unique", unique_, "Only the first of lines with equal keys");
    output_.add_to(command, true);
  }

  void check() const override {
    output_.check();
    if (separator_) {
      if (!field_) { throw UserError(ErrorCode::kInvalidArgument, "--sep needs --field", {{"sep", *separator_}}); }
      static_cast<void>(parse_separator(*separator_));
    }
  }

  int run(Session& session, const RunOptions& options) override {
    const auto lines = session.read_text(inputs_, options.num_partitions);
    const LineOrder order{field_.value_or(0), separator_.has_value(), separator_ ? parse_separator(*separator_) : '\0',
                          numeric_};
    const bool whole_lines = !field_ && !numeric_;
    auto sorted = whole_lines ? lines.sort(!descending_) : lines.sort_by(LineKey{order}, !descending_);
    if (unique_) { sorted = sorted.map_partitions<std::string>(KeepFirstOfEqual{order}); }
    write_lines(sorted, output_);
    return 0;
  }

 private:
  std::vector<std::string> inputs_;
  std::optional<std::uint32_t> field_;
  std::optional<std::string> separator_;
  bool numeric_ = false;
  bool descending_ = false;
  bool unique_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_sort_verb() { return std::make_unique<SortVerb>(); }

}  // namespace hammerscale::program
