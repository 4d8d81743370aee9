package io.github.penagent.health.probe;

import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same over Linux's own sockets, whose errors come in another form. */
@EnabledOnOs(OS.LINUX)
class NetExaminerOverEpollTest extends NetExaminerCases {
    NetExaminerOverEpollTest() {
        super(new Examination(true, Optional.empty()));
    }
}
