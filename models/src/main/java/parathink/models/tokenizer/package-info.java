/** Tokenizers as Hugging Face's {@code tokenizer.json} describes them, and the settings that lie beside it. */
package parathink.models.tokenizer;
