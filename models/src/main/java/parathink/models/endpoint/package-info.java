/** Models behind OpenAI-compatible servers: the same sessions and sequences, each completion a streamed request. */
package parathink.models.endpoint;
