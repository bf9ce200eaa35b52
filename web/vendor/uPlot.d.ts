/** The types of the vendored chart library: the build puts its module beside the page. */
import uPlot from 'uplot';

export default uPlot;
