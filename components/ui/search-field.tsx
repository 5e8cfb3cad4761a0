import { Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

export interface SearchFieldProps {
  /** What is searched, for screen readers. */
  label: string;
  placeholder: string;
  words: string;
  onWords: (words: string) => void;
  /** What was found, in words. */
  found: string;
}

/** Narrows a list below it. */
export function SearchField({ label, placeholder, words, onWords, found }: SearchFieldProps) {
  return (
    <div>
      <TextInput
        type="search"
        maw="32rem"
        leftSection={<IconSearch size={16} aria-hidden />}
        aria-label={label}
        placeholder={placeholder}
        value={words}
        onChange={({ currentTarget }) => onWords(currentTarget.value)}
      />
      <Text size="xs" c="dimmed" mt={4} role="status">
        {found}
      </Text>
    </div>
  );
}
