package io.github.penagent.health.probe;

import io.github.penagent.health.Question;
import java.util.Optional;

/**
 * How one question is put to one place.
 *
 * @param udp over datagrams rather than a stream
 * @param tls what is wanted of TLS; empty for none
 */
record Plan(Place place, boolean udp, Optional<Tls> tls, Dialogue dialogue) {
    static Plan of(Question question, String address) {
        Place place = Place.of(address);
        if (question instanceof Question.Http http) {
            String host = http.host().orElse(place instanceof Place.Unix ? "localhost" : address);
            Optional<Tls> tls =
                    http.tls() ? Optional.of(new Tls(name(http.host(), place), http.minDays())) : Optional.empty();
            return new Plan(place, false, tls, new HttpRequest(http, host));
        }
        if (question instanceof Question.Tls tls) {
            Tls wanted = new Tls(name(tls.name(), place), tls.minDays());
            return new Plan(place, false, Optional.of(wanted), new Accepting());
        }
        if (question instanceof Question.Dns dns) {
            return new Plan(place, !dns.tcp(), Optional.empty(), new DnsQuestion(dns.tcp(), dns.name()));
        }
        Dialogue dialogue = question instanceof Question.Smtp ? new SmtpBanner() : new Accepting();
        return new Plan(place, false, Optional.empty(), dialogue);
    }

    /** A certificate knows nothing of ports. */
    private static String name(Optional<String> host, Place place) {
        if (host.isPresent()) {
            Place written = Place.of(host.get());
            return written instanceof Place.Nowhere ? host.get() : name(Optional.empty(), written);
        }
        if (place instanceof Place.Ip ip) {
            return ip.host().getHostAddress();
        }
        return place instanceof Place.Named named ? named.host() : "localhost";
    }
}
