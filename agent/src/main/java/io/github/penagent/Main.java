package io.github.penagent;

final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
