/** Monaco's own worker: it computes differences, links and words away from the thread that draws. */
import "monaco-editor/editor/editor.worker";
