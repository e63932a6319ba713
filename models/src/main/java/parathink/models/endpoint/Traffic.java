package parathink.models.endpoint;

/**
 * What all requests to one server share.
 *
 * @param admission places among the requests in flight
 * @param spending what has been asked and got
 */
record Traffic(
        Server server, Capabilities capabilities, Caps caps, Admission admission, Spending spending, Time time) {}
