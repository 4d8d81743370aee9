package io.github.penagent.remediation;

/**
 * One slot of one run of a pen, with the backend that is meant. What was learnt or written under one key says nothing under
 * another: slots are given other addresses, and a pen started anew has a table of its own.
 *
 * @param incarnation which run of this pen, counted from the agent's start
 * @param server the slot's number in pen's table
 * @param address as pen lists it
 */
public record SlotKey(String pen, long incarnation, int server, String address) {
    @Override
    public String toString() {
        return pen + "/" + server + " " + address;
    }
}
