#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

namespace hammerscale::sql {

struct XmlDocumentDeleter {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, XmlDocumentDeleter>;

/// A text as a tree; null where it is no well-formed XML, nests deeper than 256 elements or declares entities. Nothing
/// outside of the text is read: no network, no files, no external subset.
XmlDocument parse_xml(std::string_view text);

inline std::string_view xml_text(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}
/// "prefix:name", or the name alone.
std::string xml_name(const xmlNode* node, bool ignores_namespace);
/// All text below a node.
std::string xml_content(const xmlNode* node);

}  // namespace hammerscale::sql
