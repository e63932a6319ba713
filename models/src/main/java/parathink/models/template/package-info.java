/** Chat templates in the language of Jinja, with the values and the printing of Python. */
package parathink.models.template;
