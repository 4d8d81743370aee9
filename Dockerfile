# The agent as an image: the jar that was tested, a Java runtime cut to what it needs, and no shell. Build the jar first:
#
#   mvn -B -DskipTests package && docker build -t pen-agent .
#
# Any glibc with JDK 17 or later and jlink will do for BUILD, any glibc with zlib and libstdc++ that is not older for RUNTIME.
ARG BUILD=docker.io/library/eclipse-temurin:17.0.15_6-jdk-jammy
ARG RUNTIME=gcr.io/distroless/java-base-debian12:nonroot

FROM ${BUILD} AS build
COPY agent/target/pen-agent.jar agent/src/deb/jvm.options /usr/share/pen-agent/
COPY agent/src/deb/pen-agent /usr/bin/
RUN set -eu; \
    jlink --output /opt/java --strip-java-debug-attributes --no-header-files --no-man-pages \
        --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported; \
    mkdir -p /usr/lib/pen-agent /etc/pen-agent /var/lib/pen-agent /tmp; \
    cd /tmp; jar xf /usr/share/pen-agent/pen-agent.jar META-INF/native; \
    cp "META-INF/native/libnetty_transport_native_epoll_$(uname -m | sed s/aarch64/aarch_64/).so" /usr/lib/pen-agent/; \
    # The archive holds for this very runtime and this very jar, by their paths and times.
    JAVA_HOME=/opt/java sh /usr/bin/pen-agent archive-classes /usr/share/pen-agent/classes.jsa; \
    chmod 0644 /usr/share/pen-agent/classes.jsa; \
    chown 65532:65532 /var/lib/pen-agent

FROM ${RUNTIME}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=
LABEL org.opencontainers.image.title="pen-agent" \
      org.opencontainers.image.description="Monitoring and self-healing agent for the pen load balancer" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/java /opt/java
COPY --from=build /usr/lib/pen-agent /usr/lib/pen-agent
COPY --from=build /usr/share/pen-agent /usr/share/pen-agent
COPY agent/src/deb/pen-agent.conf /etc/pen-agent/pen-agent.conf
COPY LICENSE /usr/share/doc/pen-agent/LICENSE
COPY --from=build --chown=65532:65532 /var/lib/pen-agent /var/lib/pen-agent

USER 65532:65532
WORKDIR /var/lib/pen-agent
# Audit and state. The rest of the root may be read-only, and /tmp empty, noexec, or not there.
VOLUME /var/lib/pen-agent
EXPOSE 10911 10912
STOPSIGNAL SIGTERM
# More options for the JVM: in the variable JDK_JAVA_OPTIONS.
ENTRYPOINT ["/opt/java/bin/java", "@/usr/share/pen-agent/jvm.options", "-XX:SharedArchiveFile=/usr/share/pen-agent/classes.jsa", "-jar", "/usr/share/pen-agent/pen-agent.jar"]
CMD ["run", "--config", "/etc/pen-agent/pen-agent.conf"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
    CMD ["/opt/java/bin/java", "@/usr/share/pen-agent/jvm.options", "-XX:SharedArchiveFile=/usr/share/pen-agent/classes.jsa", "-Xmx24m", "-jar", "/usr/share/pen-agent/pen-agent.jar", "healthcheck", "--config", "/etc/pen-agent/pen-agent.conf"]
