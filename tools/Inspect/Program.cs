using System.CommandLine;
using System.Text;
using Dsl.Inspect;

// Shows what the compiler makes of a project's models and trainers:
//   ./dsl inspect PROJECT [TYPE] [--mermaid | --latex | --stages | --json] [--html FILE]
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var project = new Argument<string>("project") { Description = "A .csproj file, or a folder that holds one." };
var type = new Argument<string?>(
    "type") { Description = "A model or a trainer, by its name; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
var mermaid = new Option<bool>(
    "--mermaid") { Description = "Print the graph of a model, and the step of a trainer, as Mermaid text." };
var latex = new Option<bool>("--latex") { Description = "Print the objective of a trainer as LaTeX." };
var stages = new Option<bool>("--stages") { Description =
    "Print the intermediate representation as it is read, after each pass, and with its plan of memory." };
var json = new Option<bool>("--json") { Description = "Print tables and objectives as JSON." };
var html = new Option<string?>("--html") { Description = "Write one self-contained page to a file.", HelpName = "file" };
var configuration = new Option<string>(
    "--configuration") { Description = "The configuration to build.", DefaultValueFactory = _ => "Release" };
var noBuild = new Option<bool>("--no-build") { Description = "Read the project as it was built before." };
var root = new RootCommand("Shows what the compiler makes of a project's models and trainers.")
{
    project, type, mermaid, latex, stages, json, html, configuration, noBuild,
};
root.SetAction(result => InspectCommand.Run(
    result.GetRequiredValue(project), result.GetValue(type), result.GetRequiredValue(configuration), result.GetValue(noBuild),
    result.GetValue(html),
    result.GetValue(mermaid) ? Form.Mermaid
        : result.GetValue(latex) ? Form.Latex
        : result.GetValue(stages) ? Form.Stages
        : result.GetValue(json) ? Form.Json
        : Form.Table));
return root.Parse(args).Invoke();
