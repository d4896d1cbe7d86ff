import type { GuideTexts } from './topic.ts';

export const ENGLISH: GuideTexts = {
  label: '*This is Foyer’s built-in guide, not a language model.*',
  hello: 'Hello! I can tell you how to set up and use Foyer. You could ask me about:',
  thanks: 'You are welcome. If you want to know more, ask me about:',
  unknown:
    'I could not find that in the guide. Until a model is connected, I only know Foyer itself. You could ask me about:',
  noMore: (title) => `That is all I know about **${title}**. Close to it are:`,
  seeAlso: (titles) => `See also: ${titles.join(', ')}.`,
  topics: {
    foyer: {
      title: 'What Foyer is',
      answer: `Foyer is a chat client for several people on one computer.

- **Your own account.** Everybody signs in and has an own, encrypted history.
- **Your choice of model.** OpenAI, or any server that speaks its language, also one on this computer.
- **Your data at home.** Conversations stay on this computer. Only what you write is sent, and only to the model you connected.
- **No surprises.** No tracking, no account in a cloud.

I am the guide that answers as long as no model is connected.`,
    },
    'first-steps': {
      title: 'First steps',
      answer: `1. **Create the administrator.** You did that at the first start, or somebody did it for you.
2. **Connect a model.** An administrator opens the **Model** page and enters a key, or the address of a model server.
3. **Add people.** On the **People** page, with **Add person**.
4. **Chat.** Write a message and press \`Enter\`. Every conversation is saved at once; you find it in the history.

You can try everything right now: my answers are streamed like those of a model.`,
    },
    connect: {
      title: 'Connecting a model',
      answer: `An administrator opens the **Model** page and fills in what the model server needs:

| Server | Server address | Key |
| --- | --- | --- |
| OpenAI | \`https://api.openai.com/v1\` | yes |
| Ollama | \`http://localhost:11434/v1\` | no |
| LM Studio | \`http://localhost:1234/v1\` | no |
| llama.cpp | \`http://127.0.0.1:8080/v1\` | no |

Enter the **name of the model** as the server knows it, then save. It counts from the next message on. The same can be done with \`OPENAI_API_KEY\`, \`OPENAI_BASE_URL\` and \`CHATKIT_AGENT_MODEL\` in the environment.`,
    },
    openai: {
      title: 'Connecting OpenAI',
      answer: `1. Create a key on the pages of OpenAI, under *API keys*. A ChatGPT subscription does not include one.
2. An administrator opens the **Model** page, leaves the server address as it is and enters the key.
3. Enter the name of a model, for example \`gpt-4.1-mini\`, and save.

The key goes into the keychain of this computer. No page ever shows it again, and it is sent to the server it was entered for and nowhere else. Foyer asks OpenAI not to store the answers.`,
    },
    local: {
      title: 'A model on this computer',
      answer: `Start the model server, then enter its address on the **Model** page. No key is needed.

| Server | Server address |
| --- | --- |
| Ollama | \`http://localhost:11434/v1\` |
| LM Studio | \`http://localhost:1234/v1\` |
| llama.cpp | \`http://127.0.0.1:8080/v1\` |

With Ollama, for example:

\`\`\`sh
ollama pull llama3.2
ollama list
\`\`\`

Take the name from the list, here \`llama3.2\`, as the name of the model. Then nothing that you write leaves this computer.`,
    },
    variables: {
      title: 'Settings in the environment',
      answer: `What stands in the environment, or in a \`.env\` file, wins over what was typed in Foyer:

\`\`\`sh
OPENAI_API_KEY=…                            # the key for the model server
OPENAI_BASE_URL=http://localhost:11434/v1   # its address
CHATKIT_AGENT_MODEL=llama3.2                # the name of the model
CHATKIT_AGENT_INSTRUCTIONS="Be brief."      # for every conversation
\`\`\`

Others are \`FOYER_PORT\`, \`FOYER_DATA\` and \`FOYER_KEYCHAIN\`; the README has the whole table. Restart Foyer after a change. The **Model** page shows where each value comes from.`,
    },
    people: {
      title: 'People and administrators',
      answer: `Administrators look after the accounts on the **People** page:

- **Add person** creates an account, with a generated password or one that you type. Hand it over personally.
- **Change role** makes somebody a member, a guest or an administrator, and says before what that ends. The last administrator stays. Of a guest nothing is kept: what they write goes with their last sign-out.
- **Set new password** helps somebody who forgot theirs; the history is kept, and they choose an own password when they sign in.
- **Sessions** shows where somebody is signed in, and ends that.
- **Deactivate** keeps everything and lets nobody in; **Activate** gives it back.
- **Delete account** removes the account with all its conversations, for good.

Everybody has an own history. Administrators look after accounts and the model; they do not see the conversations of others.`,
    },
    password: {
      title: 'Passwords',
      answer: `- **Change your own:** open **Settings**, then **Password**. You need the present one.
- **Forgotten:** ask an administrator, who chooses **Set new password** on the **People** page. Your conversations are kept.
- **You are the only administrator and forgot it:** Foyer has no way back in. So keep it in a safe place, or make somebody else an administrator too.

A password has at least 12 characters. A new one ends your sessions elsewhere.`,
    },
    privacy: {
      title: 'Who can see what',
      answer: `- **Other people in Foyer** do not see your conversations. Each history is an own file, encrypted with an own key.
- **Administrators** have no page that shows them either. They can, however, set a new password for you and sign in with it; you would notice, because yours no longer works.
- **The model server** gets what you write and the conversation around it, since it has to answer. With a model on this computer, nothing leaves it.
- **Nobody else** gets anything: Foyer sends no statistics, and asks OpenAI not to store the answers.

With the guide, as now, nothing is sent at all.`,
    },
    data: {
      title: 'Where the data is',
      answer: `Everything lies in one folder:

| System | Folder |
| --- | --- |
| Linux | \`~/.config/Foyer/data\` |
| macOS | \`~/Library/Application Support/Foyer/data\` |
| Windows | \`%APPDATA%\\Foyer\\data\` |

- \`foyer.db\` holds accounts and settings, no conversations.
- \`people/…/history.db\` holds the conversations of one person, encrypted.
- \`guests/\` is there only while guests are signed in, and nothing opens it afterwards.

\`FOYER_DATA\` chooses another folder. The **Model** page shows which one is in use.`,
    },
    keychain: {
      title: 'The keychain',
      answer: `Foyer keeps its secrets in the keychain of the system: Keychain on macOS, Credential Manager on Windows, gnome-keyring or KWallet on Linux. That is the key for the model server, and the key that lets an administrator set new passwords without losing histories.

If none answers, or it is locked, **nothing is lost**: people sign in with their passwords as always. Until it is back, keys last only until Foyer closes and passwords cannot be reset. Unlock or install one and restart Foyer, or start it with

\`\`\`sh
FOYER_KEYCHAIN=file
\`\`\`

to keep the secrets in a file that only its owner can read.`,
    },
    shortcuts: {
      title: 'Keys on the keyboard',
      answer: `| Key | What it does |
| --- | --- |
| \`Enter\` | sends the message |
| \`Shift\` + \`Enter\` | begins a new line |
| \`Esc\` | stops the answer; what has arrived is kept |`,
    },
    history: {
      title: 'The history',
      answer: `Every conversation is saved while it happens, also when the power fails. Open the **history** above the chat to

- **open** an earlier conversation and go on with it,
- **rename** it,
- **delete** it for good.

A new conversation takes its title from your first message. Nobody but you sees your history.`,
    },
    language: {
      title: 'Language and appearance',
      answer: `Foyer speaks **English and French**. It takes the language of your system or browser; you can choose another one in **Settings**, and there also light or dark.

I answer in the language of your question. A model usually does the same, in many more languages.`,
    },
    headless: {
      title: 'Foyer without a window',
      answer: `The same server also runs without the desktop window:

\`\`\`sh
npm run serve -- --port 8787 --data /path/to/data
\`\`\`

Open the address that it prints. At the first start it also prints a link, good for one use, to create the administrator.

It listens on this computer only. To reach it from others, put a reverse proxy with HTTPS in front and give its address in \`FOYER_PUBLIC_URL\`.`,
    },
    backup: {
      title: 'Backup and moving',
      answer: `1. Quit Foyer.
2. Copy the whole data folder; **Where the data is** tells you which.
3. To restore, or on another computer, put it back before starting Foyer.

Conversations stay encrypted in the copy and open with the password of each person. The keychain is not part of it: on another computer, enter the key of the model server again. Passwords cannot be *reset* there, so make sure everybody knows theirs.`,
    },
    offline: {
      title: 'What works offline',
      answer: `Everything except the model itself: signing in, reading and renaming conversations, looking after people, and this guide. Nothing in Foyer is loaded from the internet.

With a model on this computer (Ollama, LM Studio, llama.cpp) the answers need no network either.`,
    },
    problems: {
      title: 'When something does not work',
      answer: `| What you see | What helps |
| --- | --- |
| The key was refused | Enter it again on the **Model** page |
| The server cannot be reached | Is it running? Is the address right, with \`/v1\` at the end? |
| The model is unknown | Use the name exactly as the server lists it |
| Too many requests | Wait a moment, then try again |
| The conversation is too long | Start a new chat |

Your message is kept each time: use **try again** under the error.`,
    },
  },
};
