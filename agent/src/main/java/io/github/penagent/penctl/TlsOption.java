package io.github.penagent.penctl;

/** What {@code ssl_option} can add; pen has no way to take one back. */
public enum TlsOption {
    NO_SSLV2("no_sslv2"),
    NO_SSLV3("no_sslv3"),
    NO_TLSV1("no_tlsv1"),
    NO_TLSV1_1("no_tlsv1.1"),
    NO_TLSV1_2("no_tlsv1.2"),
    CIPHER_SERVER_PREFERENCE("cipher_server_preference");

    private final String word;

    TlsOption(String word) {
        this.word = word;
    }

    /** pen's own word. */
    public String word() {
        return word;
    }
}
