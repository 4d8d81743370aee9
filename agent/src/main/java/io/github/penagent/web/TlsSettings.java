package io.github.penagent.web;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a listener shows of itself and demands of its clients; all files in PEM.
 *
 * @param certificate of the listener, followed by those that vouch for it
 * @param key of that certificate, not encrypted
 * @param clientAuthorities who vouch for clients; if present, only clients with a certificate of theirs are let in
 */
public record TlsSettings(Path certificate, Path key, Optional<Path> clientAuthorities) {}
