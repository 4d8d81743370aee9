package io.github.penagent.remediation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as far as this agent writes it for itself: objects, lists, texts, true and false. An object is a {@link Map}, a list
 * a {@link List}, the others are {@link String} and {@link Boolean}.
 */
final class JsonText {
    private static final int MAX_DEPTH = 8;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The text is not what is read here; the message begins with the line. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    /** The one value that the text is. */
    static Object read(String text) throws Broken {
        JsonText reader = new JsonText(text);
        Object value = reader.value(0);
        if (reader.peek() != END || reader.at < text.length()) {
            throw reader.expected("nothing more");
        }
        return value;
    }

    private static final char END = '\0';

    private Object value(int depth) throws Broken {
        if (depth > MAX_DEPTH) {
            throw expected("less depth");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> throw expected("an object, a list, a text, true or false");
        };
    }

    private Map<String, Object> object(int depth) throws Broken {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = string();
            skip(':', "a colon");
            if (object.put(key, value(depth + 1)) != null) {
                throw expected("each key once");
            }
            separator('}');
        }
        at++;
        return object;
    }

    private List<Object> list(int depth) throws Broken {
        List<Object> list = new ArrayList<>();
        at++;
        while (peek() != ']') {
            list.add(value(depth + 1));
            separator(']');
        }
        at++;
        return list;
    }

    private void separator(char end) throws Broken {
        if (peek() == end) {
            return;
        }
        skip(',', "a comma");
        if (peek() == end) {
            throw expected("another value after the comma");
        }
    }

    private boolean word(String word, boolean value) throws Broken {
        if (!text.startsWith(word, at)) {
            throw expected("true or false");
        }
        at += word.length();
        return value;
    }

    private String string() throws Broken {
        skip('"', "a text in quotes");
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                at--;
                throw expected("a closing quote");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        if (at == text.length()) {
            throw expected("a closing quote");
        }
        at++;
        return string.toString();
    }

    private char escaped() throws Broken {
        char c = at < text.length() ? text.charAt(at++) : END;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw expected("an escape such as \\n or \\u0020");
        };
    }

    private char unicode() throws Broken {
        String digits = at + 4 <= text.length() ? text.substring(at, at + 4) : "";
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            throw expected("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void skip(char wanted, String what) throws Broken {
        if (peek() != wanted) {
            throw expected(what);
        }
        at++;
    }

    /** The next character that is not white space. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private Broken expected(String what) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Broken("line " + line + ": expected " + what);
    }
}
