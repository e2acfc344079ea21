using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using Dsl.Bench;
using Dsl.Inspect;
using Dsl.New;

// dsl inspect PROJECT [TYPE] ...: what the compiler makes of a project's models and trainers.
// dsl bench PROJECT [TRAINER] ...: the time of a project's training steps.
// dsl new KIND FOLDER: a project to start from.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// Not a RootCommand, which has the name of the assembly.
return new Command("dsl", "Models and trainers declared with Dsl: what the compiler makes of them, "
    + "what their steps cost, and projects to start from.")
{
    InspectCommand.Declare(), BenchCommand.Declare(), NewCommand.Declare(), new HelpOption(), new VersionOption(),
}.Parse(args).Invoke();
