package io.github.penagent.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program under measurement, which tells what it has to tell by the line; ended by its own id, however this ends. */
final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private Program(List<String> words) throws IOException {
        process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Program start(String... words) throws IOException {
        return new Program(List.of(words));
    }

    /** One of the small programs in C beside this. */
    static Program c(String name, String... words) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("bench.bin"), name).toString());
        line.addAll(List.of(words));
        return new Program(line);
    }

    /** One of the main classes beside this in a JVM of its own. */
    static Program java(List<String> options, Class<?> main, String... words) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(words));
        return new Program(line);
    }

    long pid() {
        return process.pid();
    }

    /** Its next line. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("it ended without another word: "
                    + process.info().commandLine().orElse("?"));
        }
        return line;
    }

    void say(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** All that it says until it ends by itself, as figures. */
    Figures figures() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
        }
        if (process.waitFor() != 0) {
            throw new IOException("it ended with " + process.exitValue() + ": " + text);
        }
        return Figures.read(text.toString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
