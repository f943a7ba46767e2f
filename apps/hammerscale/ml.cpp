#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/mllib/estimator.hpp"
#include "hammerscale/mllib/feature_table.hpp"
#include "hammerscale/mllib/json_text.hpp"
#include "hammerscale/mllib/number_text.hpp"
#include "hammerscale/mllib/train_test_split.hpp"
#include "line_output.hpp"
#include "output_options.hpp"
#include "row_lines.hpp"
#include "table_input_options.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

using mllib::Estimator;
using mllib::EstimatorParameters;
using mllib::FittedModel;
using mllib::JsonText;
using mllib::Metric;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Features that a text for people lists.
constexpr std::size_t kMaxListed = 20;

void write_metrics(JsonText& json, const std::vector<Metric>& metrics) {
  for (const auto& [name, value] : metrics) {
    json.key(name);
    json.number(value);
  }
}

std::string metric_lines(const std::vector<Metric>& metrics, const std::string& prefix = "") {
  std::string text;
  for (const auto& [name, value] : metrics) {
    text.append(prefix).append(name).append(" ").append(mllib::format_number(value)).append("\n");
  }
  return text;
}

/// What `fit` and `inspect` say about a model as JSON; the object stays open.
void write_model(JsonText& json, const FittedModel& model, const std::vector<Metric>& test_metrics) {
  json.begin_object();
  json.key("estimator");
  json.text(model.estimator());
  json.key("parameters");
  model.parameters().write_json(json);
  json.key("features");
  json.begin_array();
  for (const auto& name : model.feature_names()) { json.text(name); }
  json.end_array();
  json.key("model");
  json.begin_object();
  model.write_attributes(json);
  json.end_object();
  json.key("metrics");
  json.begin_object();
  write_metrics(json, model.training_metrics());
  if (!test_metrics.empty()) {
    json.key("test");
    json.begin_object();
    write_metrics(json, test_metrics);
    json.end_object();
  }
  json.end_object();
  json.key("history");
  json.numbers(model.history());
}

/// The same for people.
std::string model_lines(const FittedModel& model, const std::vector<Metric>& test_metrics) {
  const auto& features = model.feature_names();
  std::string text = std::string(model.estimator()) + " of " + std::to_string(features.size()) + " features:";
  for (std::size_t i = 0; i < std::min(features.size(), kMaxListed); ++i) { text.append(" ").append(features[i]); }
  text += features.size() > kMaxListed ? " ...\n" : "\n";
  for (const auto& [name, value] : model.parameters().list()) {
    if (!value.empty()) { text.append("parameter ").append(name).append(" ").append(value).append("\n"); }
  }
  text += model.describe();
  text += metric_lines(model.training_metrics());
  return text + metric_lines(test_metrics, "test ");
}

/// `--format text|json` of what is not rows.
struct AnswerFormat {
  std::string name = "text";

  void add_to(CLI::App& command) {
    command.add_option("--format", name, "text, or json with 17 significant digits")->type_name("FORMAT");
  }
  void check() const {
    if (name != "text" && name != "table" && name != "json") {
      throw UserError(ErrorCode::kInvalidArgument, "the answer is not shown in this format",
                      {{"format", name}, {"known", "text json"}});
    }
  }
  [[nodiscard]] bool is_json() const { return name == "json"; }
};

/// One nested subcommand: its options and its job.
class MlCommand {
 public:
  MlCommand() = default;
  MlCommand(const MlCommand&) = delete;
  MlCommand& operator=(const MlCommand&) = delete;
  virtual ~MlCommand() = default;
  [[nodiscard]] virtual VerbDescription description() const = 0;
  virtual void add_options(CLI::App& command) = 0;
  virtual void check() const = 0;
  virtual void run(Session& session, const RunOptions& options) = 0;
};

class FitCommand final : public MlCommand {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"fit", "Train an estimator on a table and show, or keep, the model",
            "hammerscale ml fit KMeans points.csv --set k=8 --set maxIter=50 --model clusters.h5"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("ESTIMATOR", estimator_, "Its name, in any case; hammerscale ml list shows them")->required();
    input_.add_to(command);
    command
        .add_option("--features", features_,
                    "Columns of the features; by default every column of numbers but label and weight")
        ->type_name("C1,C2,...")
        ->delimiter(',')
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--label", label_, "Column of the label, or path of its HDF5 dataset")->type_name("C");
    command.add_option("--weight", weight_, "Column of the rows' weights, or path of its HDF5 dataset")->type_name("C");
    command.add_option("--set", settings_, "A parameter of the estimator; repeatable")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--test-fraction", test_fraction_, "Share of the rows to measure the model on, not to train it")
        ->type_name("F");
    command.add_option("--model", model_.path, "HDF5 file to write the model to")->type_name("MODEL.h5");
    command.add_flag("--overwrite", model_.overwrite, "Replace a model that exists");
    format_.add_to(command);
  }

  void check() const override {
    input_.check();
    format_.check();
    model_.check();
    if (test_fraction_ && !(*test_fraction_ > 0 && *test_fraction_ < 1)) {
      throw UserError(ErrorCode::kInvalidArgument, "--test-fraction lies between 0 and 1",
                      {{"test-fraction", std::to_string(*test_fraction_)}});
    }
    const auto& estimator = mllib::find_estimator(estimator_);
    estimator.check(parameters(estimator, 0));
  }

  void run(Session& session, const RunOptions& options) override {
    const auto begin = Clock::now();
    const auto& estimator = mllib::find_estimator(estimator_);
    const auto parameters = this->parameters(estimator, session.seed());
    auto target = model_;
    target.always_one_file = true;
    const auto reserved = target.given() ? std::make_unique<PendingOutput>(target) : nullptr;

    auto request = input_.request(options.num_partitions);
    request.features = features_;
    request.label = label_;
    request.weight = parameters.has("weightCol") ? parameters.text("weightCol") : weight_;
    request.reads_label = estimator.reads_label;
    request.rejects_zero_rows = estimator.rejects_zero_rows(parameters);
    const auto table = mllib::read_feature_table(session, request);
    const auto& columns = table.number_columns();
    std::vector<Metric> test_metrics;
    const auto model = table.run([&] {
      mllib::FitInput input{
          {table.numbers(), columns.has_label, columns.has_weight}, table.feature_names(), label_, request.weight};
      if (!test_fraction_) { return estimator.fit(input, parameters); }
      const auto all = input.rows.numbers.persist();
      const auto [train, test] = mllib::split_train_and_test(all, *test_fraction_, session.seed());
      input.rows.numbers = train;
      auto fitted = estimator.fit(input, parameters);
      train.unpersist();
      test_metrics = fitted->evaluate({test, columns.has_label, columns.has_weight}, {});
      all.unpersist();
      return fitted;
    });
    if (reserved) { model->save(model_.path, model_.overwrite); }
    print(*model, test_metrics, seconds_since(begin));
  }

 private:
  /// All parameters: what --set says, then --weight and --seed where the estimator knows them and --set does not.
  [[nodiscard]] EstimatorParameters parameters(const Estimator& estimator, std::uint64_t seed) const {
    EstimatorParameters parameters(estimator.parameters);
    for (const auto& setting : settings_) {
      const auto [name, value] = split_setting(setting, "set");
      parameters.set(name, value);
    }
    if (parameters.has("weightCol") && !weight_.empty()) {
      if (parameters.is_set("weightCol") && parameters.text("weightCol") != weight_) {
        throw UserError(ErrorCode::kInvalidArgument, "--weight and --set weightCol name different columns",
                        {{"weight", weight_}, {"weightCol", parameters.text("weightCol")}});
      }
      parameters.set("weightCol", weight_);
    }
    if (parameters.has("seed") && !parameters.is_set("seed")) {
      parameters.set("seed", std::to_string(static_cast<std::int64_t>(seed)));
    }
    return parameters;
  }

  void print(const FittedModel& model, const std::vector<Metric>& test_metrics, double seconds) const {
    if (format_.is_json()) {
      JsonText json;
      write_model(json, model, test_metrics);
      json.key("seconds");
      json.number(seconds);
      json.end_object();
      print_text(json.str() + '\n');
      return;
    }
    print_text(model_lines(model, test_metrics));
    std::fprintf(stderr, "seconds: %.3f\n", seconds);
  }

  std::string estimator_;
  TableInputOptions input_;
  std::vector<std::string> features_;
  std::string label_;
  std::string weight_;
  std::vector<std::string> settings_;
  std::optional<double> test_fraction_;
  OutputOptions model_;
  AnswerFormat format_;
};

/// The request for the features of a model.
mllib::FeatureTableRequest request_for(const FittedModel& model, const TableInputOptions& input,
                                       const RunOptions& options) {
  auto request = input.request(options.num_partitions);
  request.features = model.feature_names();
  request.features_of_model = true;
  request.rejects_zero_rows = model.rejects_zero_rows();
  return request;
}

class TransformCommand final : public MlCommand {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"transform", "Append a model's predictions to the rows of a table",
            "hammerscale ml transform clusters.h5 points.csv --output predicted.csv"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("MODEL", model_, "File that `ml fit --model` has written")->required();
    input_.add_to(command);
    output_.add_to(command, true);
    command.add_option("--output-format", output_format_, "csv, tsv or json (an object a line)")->type_name("F");
  }

  void check() const override {
    input_.check();
    output_.check();
    if (!output_format_.empty()) { static_cast<void>(parse_row_format(output_format_)); }
  }

  void run(Session& session, const RunOptions& options) override {
    const auto model = mllib::load_model(model_);
    const auto table = mllib::read_feature_table(session, request_for(*model, input_, options));
    auto columns = table.columns();
    for (auto& column : model->output_columns()) {
      if (std::any_of(columns.begin(), columns.end(), [&](const auto& known) { return known.name == column.name; })) {
        throw UserError(ErrorCode::kInvalidArgument, "the input has a column of the output's name",
                        {{"column", column.name}});
      }
      columns.push_back(std::move(column));
    }
    auto target = output_;
    target.compression = input_.compression();
    const auto lines = format_rows(model->transform(table.rows()), columns, line_options());
    table.run([&] { write_lines(lines, target); });
  }

 private:
  [[nodiscard]] RowLineOptions line_options() const {
    RowLineOptions result;
    result.format = row_format();
    result.separator = input_.separator() != '\0' ? input_.separator() : result.format == RowFormat::kTsv ? '\t' : ',';
    const bool grows_file = output_.append && output_.is_one_file() && std::filesystem::exists(output_.path);
    result.header = input_.header() && !grows_file;
    result.header_of_each_partition = !output_.is_one_file();
    return result;
  }

  /// By --output-format, else by the output's name, below a compression; csv where that says nothing.
  [[nodiscard]] RowFormat row_format() const {
    if (!output_format_.empty()) { return parse_row_format(output_format_); }
    auto name = std::filesystem::path(output_.path).filename();
    for (const auto* const codec : {".gz", ".zst", ".bz2"}) {
      if (name.extension() == codec) { name = name.stem(); }
    }
    const auto extension = name.extension().string();
    if (extension == ".tsv") { return RowFormat::kTsv; }
    return extension == ".json" || extension == ".jsonl" ? RowFormat::kJson : RowFormat::kCsv;
  }

  std::string model_;
  TableInputOptions input_;
  OutputOptions output_;
  std::string output_format_;
};

class EvaluateCommand final : public MlCommand {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"evaluate", "Measure how well a model fits a table",
            "hammerscale ml evaluate clusters.h5 points.csv --metric silhouette"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("MODEL", model_, "File that `ml fit --model` has written")->required();
    input_.add_to(command);
    command
        .add_option("--metric", metrics_,
                    "KMeans: silhouette, silhouetteCosine, trainingCost or wssse; repeatable; by default those that "
                    "suit the model")
        ->type_name("NAME")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--label", label_, "Column of the label")->type_name("C");
    command.add_option("--weight", weight_, "Column of the rows' weights; by default that of the training")
        ->type_name("C");
    format_.add_to(command);
  }

  void check() const override {
    input_.check();
    format_.check();
  }

  void run(Session& session, const RunOptions& options) override {
    const auto begin = Clock::now();
    const auto model = mllib::load_model(model_);
    auto request = request_for(*model, input_, options);
    request.label = label_;
    request.reads_label = mllib::find_estimator(model->estimator()).reads_label;
    request.weight = weight_.empty() ? model->weight_column() : weight_;
    const auto table = mllib::read_feature_table(session, request);
    const auto& columns = table.number_columns();
    const auto metrics = table.run([&] {
      return model->evaluate({table.numbers(), columns.has_label, columns.has_weight}, metrics_);
    });
    if (!format_.is_json()) {
      print_text(metric_lines(metrics));
      return;
    }
    JsonText json;
    json.begin_object();
    json.key("estimator");
    json.text(model->estimator());
    json.key("metrics");
    json.begin_object();
    write_metrics(json, metrics);
    json.end_object();
    json.key("seconds");
    json.number(seconds_since(begin));
    json.end_object();
    print_text(json.str() + '\n');
  }

 private:
  std::string model_;
  TableInputOptions input_;
  std::vector<std::string> metrics_;
  std::string label_;
  std::string weight_;
  AnswerFormat format_;
};

class InspectCommand final : public MlCommand {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"inspect", "Show what a model file holds", "hammerscale ml inspect clusters.h5 --format json"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("MODEL", model_, "File that `ml fit --model` has written")->required();
    format_.add_to(command);
  }

  void check() const override { format_.check(); }

  void run(Session& /*session*/, const RunOptions& /*options*/) override {
    const auto model = mllib::load_model(model_);
    if (!format_.is_json()) {
      std::string text = model_lines(*model, {});
      const auto history = model->history();
      for (std::size_t i = 0; i < history.size(); ++i) {
        text.append("history ").append(std::to_string(i + 1)).append(" ").append(mllib::format_number(history[i]));
        text += '\n';
      }
      print_text(text);
      return;
    }
    JsonText json;
    write_model(json, *model, {});
    json.end_object();
    print_text(json.str() + '\n');
  }

 private:
  std::string model_;
  AnswerFormat format_;
};

class ListCommand final : public MlCommand {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"list", "Show the estimators and their parameters", "hammerscale ml list"};
  }

  void add_options(CLI::App& command) override { format_.add_to(command); }
  void check() const override { format_.check(); }

  void run(Session& /*session*/, const RunOptions& /*options*/) override {
    print_text(format_.is_json() ? json() : text());
  }

 private:
  static std::string text() {
    std::string text;
    for (const auto* const estimator : mllib::estimators()) {
      text.append(estimator->name).append(": ").append(estimator->summary).append("\n");
      for (const auto& parameter : estimator->parameters) {
        const auto value = parameter.default_text.empty() ? std::string_view("(unset)") : parameter.default_text;
        char line[256];
        std::snprintf(line, sizeof(line), "  %-18s %-12s %s\n", std::string(parameter.name).c_str(),
                      std::string(value).c_str(), std::string(parameter.description).c_str());
        text += line;
      }
    }
    return text;
  }

  static std::string json() {
    JsonText json;
    json.begin_array();
    for (const auto* const estimator : mllib::estimators()) {
      json.begin_object();
      json.key("estimator");
      json.text(estimator->name);
      json.key("summary");
      json.text(estimator->summary);
      json.key("parameters");
      EstimatorParameters(estimator->parameters).write_json(json);
      json.key("descriptions");
      json.begin_object();
      for (const auto& parameter : estimator->parameters) {
        json.key(parameter.name);
        json.text(parameter.description);
      }
      json.end_object();
      json.end_object();
    }
    json.end_array();
    return json.str() + '\n';
  }

  AnswerFormat format_;
};

class MlVerb final : public Verb {
 public:
  MlVerb() {
    add<FitCommand>();
    add<TransformCommand>();
    add<EvaluateCommand>();
    add<InspectCommand>();
    add<ListCommand>();
  }

  [[nodiscard]] VerbDescription description() const override {
    return {"ml", "Train models on tables, and use and look at them",
            "hammerscale ml fit KMeans points.csv --set k=8 --model clusters.h5"};
  }

  void add_options(CLI::App& command) override {
    command.require_subcommand(1);
    for (auto& [nested, ml_command] : commands_) {
      const auto about = ml_command->description();
      nested = command.add_subcommand(about.name, about.summary);
      nested->footer("Global options are listed by hammerscale --help. Example: " + about.example);
      ml_command->add_options(*nested);
    }
  }

  void check() const override { chosen().check(); }

  int run(Session& session, const RunOptions& options) override {
    chosen().run(session, options);
    return 0;
  }

 private:
  template <typename Command>
  void add() {
    commands_.emplace_back(nullptr, std::make_unique<Command>());
  }

  [[nodiscard]] MlCommand& chosen() const {
    const auto found =
        std::find_if(commands_.begin(), commands_.end(), [](const auto& entry) { return entry.first->parsed(); });
    if (found == commands_.end()) { throw InternalError("no command of ml was parsed"); }
    return *found->second;
  }

  std::vector<std::pair<CLI::App*, std::unique_ptr<MlCommand>>> commands_;
};

}  // namespace

std::unique_ptr<Verb> make_ml_verb() { return std::make_unique<MlVerb>(); }

}  // namespace hammerscale::program
