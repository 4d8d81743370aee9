package io.github.penagent.healing;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Stories that mostly wait, each with a pen, backends and an agent of its own: told side by side. */
class HealingIT {
    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Leases extends LeaseCases {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Modes extends ModeCases {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class HungPens extends HungPenCases {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "a minute: mvn verify -Pfull")
    class TwoAgents extends TwoAgentsCases {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class CutOff extends CutOffCases {}
}
