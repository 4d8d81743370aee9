package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Key stores made by the JDK's keytool, each with one self-signed certificate; one that trusts a good one of them. */
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path folder;

    public Certificates(Path folder) {
        this.folder = folder;
    }

    /** A key store for a server. */
    public Path make(String name, String subjects, String start, int days) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                tool.toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + subjects,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve(name + ".log")))
                .isZero();
        return file;
    }

    /** Of this machine's loopback address, good for a month, each with its key in PEM: {@code NAME.crt} and {@code NAME.key}. */
    public static void inPem(Path folder, String... names) throws Exception {
        Certificates maker = new Certificates(folder);
        for (String name : names) {
            maker.make(name, "ip:127.0.0.1", "-1d", 30);
            maker.pem(name);
        }
    }

    /** The same certificate and key in PEM: {@code NAME.crt} and {@code NAME.key} beside it. */
    public void pem(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        write(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
        write(
                name + ".key",
                "PRIVATE KEY",
                store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private void write(String file, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    /** Trusts the certificates of these key stores. */
    public static KeyStore trusting(Path... files) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        for (Path file : files) {
            KeyStore one = KeyStore.getInstance("PKCS12");
            try (InputStream bytes = Files.newInputStream(file)) {
                one.load(bytes, PASSWORD.toCharArray());
            }
            String alias = one.aliases().nextElement();
            all.setCertificateEntry(alias, one.getCertificate(alias));
        }
        return all;
    }
}
