#include <exception>
#include <iostream>
#include <memory>

#include "sql/arrow/arrow_export.hpp"
#include "sql/arrow/arrow_import.hpp"

using namespace hammerscale;
using namespace hammerscale::sql;

/// Reads `input` as our batches and fills `output` with a stream of the same; 0 when all went well.
extern "C" int hammerscale_arrow_echo(ArrowArrayStream* input, ArrowArrayStream* output) {
  try {
    const VectorMemory memory(storage::BufferPool({.budget_bytes = std::uint64_t{256} << 20}));
    auto reader = std::make_shared<ArrowStreamReader>(input, memory);
    export_stream(
        reader->schema(), [reader] { return reader->next(); }, memory, output);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
