import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { FormChange, FormPlace } from "#lib/kiwi/language/index.ts";
import { errorMessage } from "../../ui/error-message.ts";
import classes from "./forms.module.css";
import { useHash } from "./use-hash.ts";

interface NewPasswordProps {
  place: FormPlace;
  label: string;
  description: ReactNode;
  error: ReactNode;
  make(change: FormChange): Promise<boolean>;
}

/** The password of a user that is there: what is typed is hashed, and only the hash becomes text. */
export function NewPassword({ place, label, description, error, make }: NewPasswordProps) {
  const hash = useHash();
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);

  async function set(event: FormEvent) {
    event.preventDefault();
    try {
      const value = await hash(typed);
      setFailure(null);
      const fields = [
        { name: "password", value },
        { name: "pwdformat", value: "encrypted" },
      ];
      if (await make({ kind: "set", place, fields })) setTyped("");
    } catch (cause) {
      setFailure(errorMessage(cause));
    }
  }

  return (
    <form className={classes.password} onSubmit={(event) => void set(event)}>
      <PasswordInput
        size="xs"
        flex={1}
        label={label}
        description={description}
        error={failure ?? error}
        placeholder="A new one; only its hash is written"
        autoComplete="new-password"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={typed === ""}>
        Set
      </Button>
    </form>
  );
}
