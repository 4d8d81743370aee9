package io.github.penagent.bench;

import io.github.penagent.peers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The peers from Debian, each one process with its configuration in a folder of ours. */
final class PageServers {
    private static final String HOST = "127.0.0.1";
    private static final int TRIES = 500;

    private PageServers() {}

    /** A server of one page. */
    record Server(Program program, int port, String path) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }

    /** nginx with what lies in the folder, sent as it recommends for files. */
    static Server nginx(Path folder, String file) throws IOException, InterruptedException {
        int port = Ports.free(HOST);
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off; master_process off; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
                events {}
                http {
                  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
                  client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c; uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                  server { listen %2$s:%3$d; root %1$s; }
                }
                """.formatted(folder, HOST, port));
        return awaited(new Server(
                Program.start("/usr/sbin/nginx", "-e", folder + "/nginx.log", "-c", config.toString()),
                port,
                "/" + file));
    }

    /** HAProxy with so many servers, each of which has 55 lines on its page. */
    static Server haproxy(Path folder, int servers) throws IOException, InterruptedException {
        int port = Ports.free(HOST);
        StringBuilder text = new StringBuilder("""
                global
                  nbthread 1
                  maxconn 200
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 60s
                  timeout server 60s
                frontend metrics
                  bind %s:%d
                  http-request use-service prometheus-exporter
                backend all
                """.formatted(HOST, port));
        for (int i = 0; i < servers; i++) {
            text.append("  server s%d 127.1.%d.%d:9\n".formatted(i, i / 250, i % 250 + 1));
        }
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), text);
        return awaited(new Server(
                Program.start("/usr/sbin/haproxy", "-q", "-db", "-f", config.toString()),
                port,
                "/metrics?scope=server"));
    }

    private static Server awaited(Server server) throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
                return server;
            } catch (IOException e) {
                if (i == TRIES) {
                    server.close();
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
