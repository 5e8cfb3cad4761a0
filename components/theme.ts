import { Alert, createTheme, ModalHeader, ModalTitle, Notification } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  defaultRadius: "sm",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  respectReducedMotion: true,
  components: {
    // It is a <header>, which outside of sections counts as the head of the whole page, and that has one already.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: "presentation" } }),
    ModalTitle: ModalTitle.extend({ defaultProps: { fw: 650 } }),
    // A title in the alert's own colour is hard to read on its tinted ground; the icon keeps the colour.
    Alert: Alert.extend({ styles: { title: { color: "var(--mantine-color-text)" } } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Close this notice" } },
      styles: { description: { color: "var(--mantine-color-text)" } },
    }),
  },
});
