#include "hammerscale/graph/graph_job.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <tuple>
#include <utility>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/graph/algorithm.hpp"
#include "hammerscale/graph/loaded_graph.hpp"

namespace hammerscale::graph {
namespace {

/// Vertices whose lines a task writes.
constexpr std::uint64_t kVerticesPerTask = std::uint64_t{1} << 15;

/// What the executors are told.
struct GangOrder {
  EdgeInputPlan plan;
  std::string algorithm;
  std::map<std::string, std::string> parameters;
  ValueFormat format = ValueFormat::kText;
  std::optional<std::uint64_t> top;
  std::optional<std::string> part_folder;
  std::string codec;
};

/// A line that competes for the top.
struct RankedLine {
  double value = 0.0;
  std::uint64_t vertex = 0;
  std::string line;
};

/// What an executor tells.
struct GangAnswer {
  std::string text;
  std::vector<RankedLine> top;
  GraphJobFigures figures;
};

void append_value(std::string& text, std::int64_t value) { text += std::to_string(value); }

void append_value(std::string& text, double value) {
  if (std::isinf(value)) {
    text += value > 0 ? "infinity" : "-infinity";
    return;
  }
  char digits[40];
  const auto length = std::snprintf(digits, sizeof(digits), "%.17g", value);
  text.append(digits, static_cast<std::size_t>(length));
}

void append_csv(std::string& text, const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) {
    text += field;
    return;
  }
  text += '"';
  for (const char c : field) { text.append(c == '"' ? 2 : 1, c); }
  text += '"';
}

void append_json(std::string& text, const std::string& field) {
  text += '"';
  for (const char c : field) {
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      text += escape;
    } else {
      text += c;
    }
  }
  text += '"';
}

/// The line of the i-th vertex here.
template <typename Value>
void append_line(std::string& text, ValueFormat format, const VertexIndex& index, std::uint64_t i, Value value) {
  switch (format) {
    case ValueFormat::kText:
    case ValueFormat::kTsv:
      index.append_id(text, i);
      text += format == ValueFormat::kText ? ' ' : '\t';
      append_value(text, value);
      break;
    case ValueFormat::kCsv: {
      std::string id;
      index.append_id(id, i);
      append_csv(text, id);
      text += ',';
      append_value(text, value);
      break;
    }
    case ValueFormat::kJson: {
      std::string id;
      index.append_id(id, i);
      text += "{\"id\": ";
      if (index.text_ids()) {
        append_json(text, id);
      } else {
        text += id;
      }
      text += ", \"value\": ";
      // JSON has no infinity.
      const bool quoted = std::isinf(static_cast<double>(value));
      if (quoted) { text += '"'; }
      append_value(text, value);
      text += quoted ? "\"}" : "}";
      break;
    }
  }
  text += '\n';
}

template <typename Value>
std::vector<std::string> lines_of(GangContext& gang, const GangOrder& order, const LoadedGraph& graph,
                                  const std::vector<Value>& values) {
  std::vector<std::string> texts((values.size() + kVerticesPerTask - 1) / kVerticesPerTask);
  gang.parallel_for(texts.size(), [&](std::size_t task) {
    const auto end = std::min<std::uint64_t>((task + 1) * kVerticesPerTask, values.size());
    for (auto i = task * kVerticesPerTask; i < end; ++i) {
      append_line(texts[task], order.format, graph.index, i, values[i]);
    }
  });
  return texts;
}

bool goes_before(const std::pair<double, std::uint64_t>& a, const std::pair<double, std::uint64_t>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

template <typename Value>
std::vector<RankedLine> top_of(const GangOrder& order, const LoadedGraph& graph, const std::vector<Value>& values) {
  std::vector<std::pair<double, std::uint64_t>> ranked;
  for (std::uint64_t i = 0; i < values.size(); ++i) { ranked.emplace_back(static_cast<double>(values[i]), i); }
  const auto kept = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(*order.top, ranked.size()));
  std::partial_sort(ranked.begin(), ranked.begin() + kept, ranked.end(), goes_before);
  std::vector<RankedLine> result;
  for (auto it = ranked.begin(); it != ranked.begin() + kept; ++it) {
    RankedLine line{it->first, graph.csr.begin() + it->second, {}};
    append_line(line.line, order.format, graph.index, it->second, values[it->second]);
    result.push_back(std::move(line));
  }
  return result;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

GangAnswer run_on_executor(const GangOrder& order, GangContext& gang) {
  GangAnswer answer;
  auto begin = std::chrono::steady_clock::now();
  const auto graph = load_graph(gang, order.plan);
  // All have loaded when the slowest has.
  answer.figures.load_seconds = gang.comm().all_reduce_max(seconds_since(begin));
  const AlgorithmParameters parameters(order.parameters);
  const auto& algorithm = find_algorithm(order.algorithm, parameters);
  begin = std::chrono::steady_clock::now();
  const auto result = algorithm.run(gang, graph, parameters);
  answer.figures.compute_seconds = gang.comm().all_reduce_max(seconds_since(begin));
  answer.figures.num_vertices = graph.csr.num_vertices();
  answer.figures.num_edges = graph.csr.num_edges();
  answer.figures.num_iterations = result.num_iterations;
  answer.figures.num_arcs_traversed = result.num_arcs_traversed;
  std::visit(
      [&](const auto& values) {
        if (order.top) {
          answer.top = top_of(order, graph, values);
          return;
        }
        const auto texts = lines_of(gang, order, graph, values);
        if (!order.part_folder) {
          for (const auto& text : texts) { answer.text += text; }
          return;
        }
        const actions::TextTarget target{*order.part_folder, order.codec};
        TextWriter writer(actions::part_path(target, static_cast<std::uint32_t>(gang.comm().rank().value)),
                          order.codec);
        for (const auto& text : texts) { writer.write(text); }
        writer.close();
      },
      result.values);
  return answer;
}

/// The first of all executors' candidates, in order.
std::string merge_top(std::vector<GangAnswer>& answers, std::uint64_t top) {
  std::vector<RankedLine> all;
  for (auto& answer : answers) { std::move(answer.top.begin(), answer.top.end(), std::back_inserter(all)); }
  std::sort(all.begin(), all.end(), [](const RankedLine& a, const RankedLine& b) {
    return goes_before({a.value, a.vertex}, {b.value, b.vertex});
  });
  std::string text;
  for (std::size_t i = 0; i < std::min<std::uint64_t>(top, all.size()); ++i) { text += all[i].line; }
  return text;
}

}  // namespace

GraphJobResult run_graph_job(const Session& session, const GraphJobRequest& request,
                             std::function<void(const std::string&, double)> on_progress) {
  find_algorithm(request.algorithm, AlgorithmParameters(request.parameters));
  GangOrder order{plan_edge_input(request.input, session.num_task_threads()),
                  request.algorithm,
                  request.parameters,
                  request.format,
                  request.top,
                  request.part_folder,
                  request.codec};
  std::function<void(ExecutorId, const std::string&, double)> forward;
  if (on_progress) {
    forward = [&](ExecutorId, const std::string& name, double value) { on_progress(name, value); };
  }
  auto answers = session.gang(
      hammerscale::bind(std::move(order),
                        [](const GangOrder& told, GangContext& gang) { return run_on_executor(told, gang); }),
      std::move(forward));
  GraphJobResult result;
  result.figures = answers.front().figures;
  if (request.top) {
    result.texts.push_back(merge_top(answers, *request.top));
    if (request.part_folder) {
      TextWriter writer(actions::part_path({*request.part_folder, request.codec}, 0), request.codec);
      writer.write(result.texts.front());
      writer.close();
      result.texts.clear();
    }
  } else {
    for (auto& answer : answers) { result.texts.push_back(std::move(answer.text)); }
  }
  return result;
}

}  // namespace hammerscale::graph
