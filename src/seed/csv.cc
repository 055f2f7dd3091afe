#include "seed/csv.h"

#include "base/text.h"

namespace tidemark::seed {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> out;
    while (at_ < text_.size()) {
      if (end_of_line()) continue;  // an empty line
      CsvRow row{at_, {field()}};
      while (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        row.fields.push_back(field());
      }
      end_of_line();
      out.push_back(std::move(row));
    }
    return out;
  }

 private:
  bool end_of_line() {
    std::size_t before = at_;
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    return at_ != before;
  }

  Value field() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string plain(text_.substr(at_, end - at_));
    at_ = end;
    return plain.empty() ? Value() : Value(std::move(plain));
  }

  Value quoted() {
    std::size_t begin = at_++;
    std::string out;
    for (;; ++at_) {
      if (at_ >= text_.size())
        throw Error(Fault::failed, "this quote is never closed").at(range_at(file_, text_, begin));
      if (text_[at_] != '"') {
        out += text_[at_];
      } else if (text_.substr(at_ + 1).starts_with('"')) {
        out += text_[at_++];
      } else {
        ++at_;
        return out;
      }
    }
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file) {
  return Reader(text, file).rows();
}

}  // namespace tidemark::seed
