package io.github.penagent.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows under headings: text to the left, numbers to the right, two spaces between. */
final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private record Column(String heading, boolean right) {}

    private record Row(UnaryOperator<String> paint, List<String> cells) {}

    /** A column of text. */
    Table left(String heading) {
        columns.add(new Column(heading, false));
        return this;
    }

    /** A column of numbers. */
    Table right(String heading) {
        columns.add(new Column(heading, true));
        return this;
    }

    /** One cell for each column. */
    Table row(String... cells) {
        return painted(UnaryOperator.identity(), cells);
    }

    /** The same in a colour, which is applied to the finished line: it has no width. */
    Table painted(UnaryOperator<String> paint, String... cells) {
        rows.add(new Row(paint, List.of(cells)));
        return this;
    }

    /** All lines, the headings first. */
    List<String> lines(Style style) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(columns.stream().map(Column::heading).toList(), widths)));
        rows.forEach(row -> lines.add(row.paint().apply(line(row.cells(), widths))));
        return lines;
    }

    /** The same, each with its line end. */
    String text(Style style) {
        return String.join("\n", lines(style)) + "\n";
    }

    private int[] widths() {
        int[] widths = columns.stream().mapToInt(c -> c.heading().length()).toArray();
        for (Row row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.cells().get(i).length());
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
