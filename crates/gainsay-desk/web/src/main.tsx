import './style/tokens.css';
import './style/base.css';
import './theme';
import { render } from 'preact';
import { App } from './app';
import { preferred, speak } from './i18n';
import { fetchAhead } from './routes';

fetchAhead(location.pathname);
await speak(preferred());
render(<App />, document.getElementById('desk')!);
