#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/graph/algorithm.hpp"
#include "hammerscale/graph/graph_job.hpp"
#include "line_output.hpp"
#include "output_options.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

using graph::ValueFormat;

ValueFormat parse_format(const std::string& name) {
  static const std::map<std::string, ValueFormat> formats = {{"text", ValueFormat::kText},
                                                             {"table", ValueFormat::kText},
                                                             {"csv", ValueFormat::kCsv},
                                                             {"tsv", ValueFormat::kTsv},
                                                             {"json", ValueFormat::kJson}};
  const auto found = formats.find(name);
  if (found == formats.end()) {
    throw UserError(ErrorCode::kInvalidArgument, "the values of a graph cannot be shown in this format",
                    {{"format", name}, {"known", "text csv tsv json"}});
  }
  return found->second;
}

/// The format that the output's extension asks for, below that of a compression.
ValueFormat format_of_path(const std::string& path) {
  auto name = std::filesystem::path(path).filename();
  for (const auto* const codec : {".gz", ".zst", ".bz2"}) {
    if (name.extension() == codec) { name = name.stem(); }
  }
  const auto extension = name.extension().string();
  return extension == ".csv" || extension == ".tsv" || extension == ".json" ? parse_format(extension.substr(1))
                                                                            : ValueFormat::kText;
}

std::string list_algorithms() {
  std::string text = "Algorithms and their parameters:\n";
  for (const auto& algorithm : graph::algorithms()) {
    text.append("  ")
        .append(algorithm.name)
        .append(std::string(std::max<std::size_t>(12, algorithm.name.size()) - algorithm.name.size() + 1, ' '));
    text.append(algorithm.summary);
    for (std::size_t i = 0; i < algorithm.parameters.size(); ++i) {
      text.append(i == 0 ? " (--set " : ", ").append(algorithm.parameters[i]);
    }
    text.append(algorithm.parameters.empty() ? "\n" : ")\n");
  }
  return text;
}

void print_summary(const graph::GraphJobFigures& figures) {
  const double rate = static_cast<double>(figures.num_arcs_traversed) / std::max(figures.compute_seconds, 1e-9);
  std::fprintf(stderr,
               "vertices: %llu\nedges: %llu\nload seconds: %.3f\ncompute seconds: %.3f\niterations: %u\n"
               "edges traversed a second: %.4g\n",
               static_cast<unsigned long long>(figures.num_vertices),
               static_cast<unsigned long long>(figures.num_edges), figures.load_seconds, figures.compute_seconds,
               figures.num_iterations, rate);
}

class GraphVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"graph", "Run a graph algorithm on lists of edges",
            "hammerscale graph pagerank edges.txt --set tol=1e-8 --top 20"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("ALGORITHM", algorithm_, "What to compute; see below")->required();
    command
        .add_option(
            "EDGES", edges_,
            "Files, folders or quoted globs of lines `source target [weight]`, .csv or .tsv with columns src and "
            "dst, or Matrix Market .mtx")
        ->required();
    command.add_option("--vertices", vertices_, "Files of one id a line, so that vertices without edges count")
        ->type_name("INPUT");
    auto* const directed = command.add_flag("--directed", directed_, "Edges go from source to target (default)");
    command.add_flag("--undirected", undirected_, "Edges go both ways")->excludes(directed);
    command.add_option("--weight", weight_, "Column of weights; no algorithm so far uses weights")->type_name("C");
    command.add_option("--set", settings_, "A parameter of the algorithm")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    command.add_option("--top", top_, "Only the N largest values, ties by id")->type_name("N");
    command.add_option("--format", format_, "How lines are written: text, csv, tsv or json")->type_name("F");
    output_.add_to(command);
    command.footer(list_algorithms() + command.get_footer());
  }

  void check() const override {
    output_.check();
    graph::find_algorithm(algorithm_, graph::AlgorithmParameters(parameters()));
    if (!format_.empty()) { parse_format(format_); }
  }

  int run(Session& session, const RunOptions& /*options*/) override {
    graph::GraphJobRequest request;
    request.input.edges = edges_;
    request.input.vertices = vertices_;
    request.input.directed = !undirected_;
    request.algorithm = algorithm_;
    request.parameters = parameters();
    request.format = format_.empty() ? format_of_path(output_.path) : parse_format(format_);
    request.top = top_;
    if (output_.given() && !output_.is_one_file()) {
      PendingOutput folder(output_);
      request.part_folder = folder.temporary_path();
      const auto result = graph::run_graph_job(session, request);
      folder.commit();
      print_summary(result.figures);
      return 0;
    }
    const auto result = graph::run_graph_job(session, request);
    std::string text;
    for (const auto& part : result.texts) { text += part; }
    write_text(text, output_);
    print_summary(result.figures);
    return 0;
  }

 private:
  /// The values of --set by name. @throws UserError kInvalidArgument  one without "=".
  [[nodiscard]] std::map<std::string, std::string> parameters() const {
    std::map<std::string, std::string> result;
    for (const auto& setting : settings_) {
      const auto equals = setting.find('=');
      if (equals == std::string::npos || equals == 0) {
        throw UserError(ErrorCode::kInvalidArgument, "a parameter is set as NAME=VALUE", {{"set", setting}});
      }
      result[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    return result;
  }

  std::string algorithm_;
  std::vector<std::string> edges_;
  std::vector<std::string> vertices_;
  bool directed_ = false;
  bool undirected_ = false;
  std::string weight_;
  std::vector<std::string> settings_;
  std::optional<std::uint64_t> top_;
  std::string format_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_graph_verb() { return std::make_unique<GraphVerb>(); }

}  // namespace hammerscale::program
