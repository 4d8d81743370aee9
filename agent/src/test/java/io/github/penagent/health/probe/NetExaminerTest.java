package io.github.penagent.health.probe;

class NetExaminerTest extends NetExaminerCases {
    NetExaminerTest() {
        super(new Examination());
    }
}
