package io.github.penagent.packages;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A root directory in which programs run as the unit or the image promises: as somebody else, for good, on a root that is read-only,
 * with an empty {@code /tmp} that allows no programs and one folder to write to. Namespaces of their own see to it, and that all
 * of it ends with the program; the network is this machine's.
 *
 * @param user {@code uid:gid} in numbers
 */
record Root(Path directory, String user) {
    private static final String CONTAIN = """
            set -e
            root=$1 user=$2
            shift 2
            mount --make-rprivate /
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs -o noexec,nosuid,nodev tmpfs "$root/tmp"
            mount -t tmpfs -o "mode=0750,uid=${user%:*},gid=${user#*:}" tmpfs "$root/var/lib/pen-agent"
            mount -o remount,ro,bind "$root"
            exec setpriv --no-new-privs chroot --userspec="$user" "$root" "$@"
            """;

    /** Runs it to its end. */
    Run run(List<String> command) {
        return Tool.DEBIAN.attempt(contained(command));
    }

    /** Starts it; what it says goes to {@code log}. */
    Child start(List<String> command, Path log) {
        return Child.start(new ProcessBuilder(contained(command)), log);
    }

    private List<String> contained(List<String> command) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        Stream.of("sh", "-c", CONTAIN, "sh", directory.toString(), user).forEach(words::add);
        words.addAll(command);
        return words;
    }

    /** Only its first process is a child of {@code unshare}. */
    static long pidOf(Child unshare) {
        return ProcessHandle.of(unshare.pid())
                .flatMap(parent -> parent.children().findFirst())
                .orElseThrow(() -> new AssertionError("ended: " + unshare.log()))
                .pid();
    }
}
